import { BanyanError } from '@banyan/domain'
import type { FastifyRequest } from 'fastify'
import type { ApplicationCaller, CredentialsFace, SessionCaller } from '../../modules/identity/index.ts'

/** What the checks leave in `request.caller`. */
interface KeyHeader {
  /** Application of `x-api-key`; null when the header was not sent. */
  readonly application: ApplicationCaller | null
}

/**
 * Returns the checks of this API by name (synapsewave.md §3.1). `synapsewave-key` looks at `x-api-key` alone, for calls whose body names
 * the application; `synapsewave-session` asks for a bearer too, which must have been issued through the same application.
 */
export function createSynapsewaveChecks({ credentials }: { readonly credentials: CredentialsFace }) {
  return {
    async 'synapsewave-key'(request: FastifyRequest): Promise<void> {
      request.caller = { application: await findKeyHeader(request, credentials) } satisfies KeyHeader
    },
    async 'synapsewave-session'(request: FastifyRequest): Promise<void> {
      const application = await findKeyHeader(request, credentials)
      const caller = await credentials.checkToken(bearerOf(request), ['interactive'])
      if (application !== null && application.applicationId !== caller.applicationId)
        throw new BanyanError('application_mismatch')
      request.caller = caller
    },
  }
}

/** Returns who calls, on a route that asks for `synapsewave-session`. */
export function sessionOf(request: FastifyRequest): SessionCaller {
  return request.caller as SessionCaller
}

/** Returns the application `api_key` names, on a route that asks for `synapsewave-key`. Throws `invalid_application`, `application_mismatch`. */
export async function getApplication(
  request: FastifyRequest,
  apiKey: string,
  credentials: Pick<CredentialsFace, 'findApplication'>,
): Promise<ApplicationCaller> {
  const application = await credentials.findApplication(apiKey)
  const named = (request.caller as KeyHeader).application
  if (named !== null && named.applicationId !== application.applicationId) throw new BanyanError('application_mismatch')
  return application
}

async function findKeyHeader(
  request: FastifyRequest,
  credentials: Pick<CredentialsFace, 'findApplication'>,
): Promise<ApplicationCaller | null> {
  const key = request.headers['x-api-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,128}$/.test(key)) throw new BanyanError('invalid_application')
  return credentials.findApplication(key)
}

/** One of the vendor's pages shows the token without `Bearer`, so both are taken. */
function bearerOf(request: FastifyRequest): string {
  const token = (request.headers.authorization ?? '').replace(/^Bearer(?: +|$)/i, '')
  if (token === '') throw new BanyanError('missing_credentials')
  return token
}
