import { BanyanError } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'

/** Makes the fault of an unknown path or method say which one it was, `GET /apim/nope` (kotak.md §4), whatever its query. */
export function nameMissingResources(scope: FastifyInstance): void {
  scope.setNotFoundHandler(() => {
    throw new BanyanError('not_found')
  })
  scope.setErrorHandler((error, request) => {
    if (!(error instanceof BanyanError)) throw error
    if (error.code !== 'not_found' && error.code !== 'method_not_allowed') throw error
    const path = request.originalUrl.split('?', 1)[0]
    throw new BanyanError(error.code, { message: `${request.method} ${path}`, cause: error })
  })
}
