import type { FastifyReply, FastifyRequest } from 'fastify'
import { exchangeOf } from './exchange.ts'
import { type Log, logFailure } from './log.ts'
import { type Surfaces, toProblem } from './problem.ts'

/**
 * Returns the one function through which every failure of a request leaves: in the shape of its surface, the unexpected as a
 * fixed sentence whose request id the log knows too.
 */
export function createProblemSender(surfaces: Surfaces, log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = toProblem(error, request.id)
    if (problem.code === 'internal_error') {
      const route = exchangeOf(reply.raw)?.route ?? 'unrouted'
      logFailure(log, error, { method: request.method, route, requestId: request.id })
    }
    const { status, headers, body } = surfaces.forErrors(request.url).renderProblem(problem)
    reply
      .code(problem.status ?? status)
      .headers(headers)
      .send(body)
  }
}
