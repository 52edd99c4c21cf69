import type { KotakTokenFault } from '@banyan/contracts'
import { BanyanError, type FieldProblem } from '@banyan/domain'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderKotakProblem, toFault } from './faults.ts'

/** Takes forms and nothing else in this scope; an empty body is no body whatever its type. */
export function acceptForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    const message = 'Send the body as application/x-www-form-urlencoded.'
    done(new BanyanError('unsupported_media_type', { message }))
  })
}

/** Returns the values of a field in the order sent. One without a value counts as left out (RFC 6749 §3.2). */
export function formValues(request: FastifyRequest, name: string): readonly string[] {
  const form = request.body
  return form instanceof URLSearchParams ? form.getAll(name).filter((value) => value !== '') : []
}

/** Refuses a form: 400 with the error of RFC 6749 §5.2 beside the fault. */
export function refuseForm(
  reply: FastifyReply,
  error: 'invalid_request' | 'unsupported_grant_type',
  problem: FieldProblem,
): FastifyReply {
  const failure = new BanyanError('invalid_parameter', { details: [problem] })
  return sendRefusal(reply, failure, error, `${problem.field}: ${problem.reason}`)
}

/** Adds `invalid_client` to the fault of an application that did not prove itself; everything else is a plain fault. */
export function answerOAuthError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof BanyanError) || error.code !== 'invalid_application') throw error
  sendRefusal(
    reply,
    error,
    'invalid_client',
    'The consumer key or secret is missing or wrong, or the application is off.',
  )
}

function sendRefusal(
  reply: FastifyReply,
  { code, message, details, retryAfterS }: BanyanError,
  error: KotakTokenFault['error'],
  description: string,
): FastifyReply {
  const problem = { code, message, details, retryAfterS, requestId: reply.request.id }
  const { status, headers } = renderKotakProblem(problem)
  const body: KotakTokenFault = { error, error_description: description, ...toFault(problem) }
  return reply.code(status).headers(headers).send(body)
}
