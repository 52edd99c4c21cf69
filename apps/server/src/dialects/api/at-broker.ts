import { BanyanError, Secret } from '@banyan/domain'
import type { FastifyReply } from 'fastify'
import { renderApiProblem } from './api-errors.ts'
import type { Parsed } from './parameters.ts'

/** Waits for work at a broker. Its failures carry the broker's id in their body (stocktrendz.md §6.1). */
export async function atBroker<T>(reply: FastifyReply, broker: string, work: Promise<T>): Promise<T | FastifyReply> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof BanyanError) || !error.code.startsWith('broker_')) throw error
    const { code, message, details, retryAfterS } = error
    const problem = { code, message, details, retryAfterS, requestId: reply.request.id }
    const { status, headers, body } = renderApiProblem(problem, { broker })
    return reply.code(status).headers(headers).send(body)
  }
}

/** Reads a key, secret or code of a broker: 1–512 printable characters without spaces. */
export function brokerSecret(value: unknown): Parsed<Secret> {
  const isOne = typeof value === 'string' && /^[\x21-\x7e]{1,512}$/.test(value)
  return isOne ? { value: new Secret(value) } : { reason: 'must have 1 to 512 printable characters and no spaces' }
}
