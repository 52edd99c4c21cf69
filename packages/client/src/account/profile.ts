import type {
  AuditReply,
  CodeSentReply,
  DeletedReply,
  InvitationBody,
  InvitationReply,
  MePatchBody,
  MeReply,
  MessageReply,
  PasswordChangedReply,
  RevokedReply,
  Session,
  SessionsReply,
} from '@banyan/contracts'
import { query } from '../query.ts'
import { type Abortable, type AccountCall, part } from './account-call.ts'

/** What a person may change of their profile; null clears. `password` is needed where it changes where codes go or whether they count. */
export type ProfileChanges = Pick<MePatchBody, 'name' | 'mobile' | 'otp_channel' | 'otp_beside_totp' | 'password'>

/** Returns the calls about the account itself: profile, sessions, password, trail. */
export function createProfile({ asNobody, asUser }: Record<'asNobody' | 'asUser', AccountCall>) {
  return {
    me: (options?: Abortable) => asUser<MeReply>('GET', '/api/auth/me', options),
    updateMe: (body: ProfileChanges, options?: Abortable) =>
      asUser<MeReply>('PATCH', '/api/auth/me', { body, ...options }),

    /** Has a code mailed to the new address; {@link confirmEmail} needs it. */
    requestEmail: (body: { readonly email: string; readonly password: string }, options?: Abortable) =>
      asUser<CodeSentReply>('PATCH', '/api/auth/me', { body, ...options }),
    confirmEmail: (
      body: { readonly email: string; readonly password: string; readonly code: string },
      options?: Abortable,
    ) => asUser<MeReply>('PATCH', '/api/auth/me', { body, ...options }),

    /** Returns everything the server keeps about the account. */
    exportMe: (options?: Abortable) => asUser<Record<string, unknown>>('POST', '/api/auth/me/export', options),
    /** Deletes the account. `code` is needed when TOTP is on. */
    deleteMe: (body: { readonly password: string; readonly code?: string }, options?: Abortable) =>
      asUser<DeletedReply>('DELETE', '/api/auth/me', { body, ...options }),

    /** Returns the caller's own events, newest first; `before` is `next_before` of the page before. */
    audit: ({ before, limit, ...options }: Abortable & { readonly before?: number; readonly limit?: number } = {}) =>
      asUser<AuditReply>('GET', `/api/audit${query({ before, limit })}`, options),
    createInvitation: (body: InvitationBody = {}, options?: Abortable) =>
      asUser<InvitationReply>('POST', '/api/auth/invitations', { body, ...options }),

    sessions: {
      list: (options?: Abortable) => asUser<SessionsReply>('GET', '/api/auth/sessions', options),
      get: (id: string, options?: Abortable) => asUser<Session>('GET', `/api/auth/sessions/${part(id)}`, options),
      revoke: (id: string, options?: Abortable) =>
        asUser<RevokedReply>('DELETE', `/api/auth/sessions/${part(id)}`, options),
      revokeOthers: (options?: Abortable) => asUser<RevokedReply>('DELETE', '/api/auth/sessions', options),
    },

    password: {
      /** Ends all other sessions. */
      change: (body: { readonly current_password: string; readonly new_password: string }, options?: Abortable) =>
        asUser<PasswordChangedReply>('POST', '/api/auth/password', { body, ...options }),
      /** Answers the same for every address. */
      forgot: (email: string, options?: Abortable) =>
        asNobody<MessageReply>('POST', '/api/auth/password/forgot', { body: { email }, ...options }),
      /** `token` is what the mailed link carries in its fragment. */
      reset: (body: { readonly token: string; readonly new_password: string }, options?: Abortable) =>
        asNobody<MessageReply>('POST', '/api/auth/password/reset', { body, ...options }),
    },
  }
}
