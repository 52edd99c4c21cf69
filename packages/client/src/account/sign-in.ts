import type {
  BootstrapBody,
  LoginBody,
  LoginRefusal,
  LoginReply,
  LogoutReply,
  PasskeyLoginBody,
  PasskeyOptions,
  RefreshReply,
  RegisterBody,
  VerifyBody,
} from '@banyan/contracts'
import { isRecord } from '../json.ts'
import { sendJson, type Transport } from '../send.ts'
import type { Abortable, AccountCall } from './account-call.ts'

/** What the second step of a login needs. */
export type SecondFactor = Required<Pick<LoginRefusal, 'challenge' | 'expires_in' | 'factors'>>

/** How a right password went: signed in, or one more step to go. A wrong one rejects. */
export type LoginOutcome =
  | { readonly kind: 'signed-in'; readonly login: LoginReply }
  | { readonly kind: 'second-factor'; readonly needed: SecondFactor }

/** Returns the calls that begin and end a session. They keep nothing: what they return is the caller's to store. */
export function createSignIn(transport: Transport, { asNobody, asUser }: Record<'asNobody' | 'asUser', AccountCall>) {
  return {
    register: (body: RegisterBody, options?: Abortable) =>
      asNobody<LoginReply>('POST', '/api/auth/register', { body, ...options }),

    /** Makes the owner with the token printed at the first start. */
    bootstrap: (body: BootstrapBody, options?: Abortable) =>
      asNobody<LoginReply>('POST', '/api/auth/bootstrap', { body, ...options }),

    /** Returns a session, or what the second step needs. */
    async login(body: LoginBody, options?: Abortable): Promise<LoginOutcome> {
      const answer = await sendJson<LoginReply | LoginRefusal>(transport, {
        method: 'POST',
        path: '/api/auth/login',
        body,
        isAnswer: isSecondFactorNeeded,
        ...options,
      })
      if (!('challenge' in answer)) return { kind: 'signed-in', login: answer as LoginReply }
      const { challenge, expires_in, factors } = answer as LoginRefusal & SecondFactor
      return { kind: 'second-factor', needed: { challenge, expires_in, factors } }
    },

    /** Second step: six digits of the authenticator, or a recovery code. */
    verify: (body: VerifyBody, options?: Abortable) =>
      asNobody<LoginReply>('POST', '/api/auth/login/verify', { body, ...options }),

    /** Options for the browser's `navigator.credentials.get`; with the challenge of a login for its second step. */
    passkeyOptions: ({ challenge, ...options }: Abortable & { readonly challenge?: string } = {}) =>
      asNobody<PasskeyOptions>('POST', '/api/auth/login/passkey/options', { body: { challenge }, ...options }),

    passkey: (body: PasskeyLoginBody, options?: Abortable) =>
      asNobody<LoginReply>('POST', '/api/auth/login/passkey', { body, ...options }),

    /** Spends a refresh token. Asked again within 10 s, as after a lost answer, the server returns the same tokens. */
    refresh: (refresh: string, options?: Abortable) =>
      asNobody<RefreshReply>('POST', '/api/auth/refresh', { body: { refresh }, ...options }),

    /** Ends the session; `revoked` is false when there was none. */
    logout: (options?: Abortable) => asUser<LogoutReply>('POST', '/api/auth/logout', options),
  }
}

function isSecondFactorNeeded(status: number, body: unknown): boolean {
  return status === 401 && isRecord(body) && 'challenge' in body
}
