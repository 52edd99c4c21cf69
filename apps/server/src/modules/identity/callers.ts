/** owner: runs the installation · member: an account of their own · read-only: sees everything of their own, changes nothing but their sign-in. */
export const roles = ['owner', 'member', 'read-only'] as const
export type Role = (typeof roles)[number]

export type Plan = 'hobby' | 'plus' | 'unlimited'

/** Where a call came in. Sessions, audit records and locks are kept apart or shared by it; no wire shape follows from it. */
export type Surface = 'api' | 'kotak' | 'synapsewave' | 'command'

/** Who is asking, as far as the network says. Never a proof of anything. */
export interface RequestOrigin {
  readonly surface: Surface
  /** The client's address, forwarded ones believed only of listed proxies. */
  readonly address: string
  readonly userAgent: string | null
  readonly requestId: string
  /** Device token of a browser that signed in before; null when none came along. */
  readonly deviceToken: string | null
}

/** Kinds of signed tokens; none is accepted where another is asked for. */
export const tokenKinds = [
  'session',
  'access',
  'refresh',
  'challenge',
  'interactive',
  'feed',
  'register',
  'code',
] as const
export type TokenKind = (typeof tokenKinds)[number]

export type Scope = 'market:read' | 'portfolio:read' | 'journal:read'
export const scopes = ['market:read', 'portfolio:read', 'journal:read'] as const satisfies readonly Scope[]

/** Somebody whose session was looked up for this very request. */
export interface SessionCaller {
  readonly kind: 'session'
  readonly accountId: number
  readonly sessionId: string
  readonly role: Role
  readonly tokenKind: TokenKind | 'opaque'
  /** Application the session was opened through; null under /api. */
  readonly applicationId: string | null
  readonly clientCode: string
}

export interface KeyCaller {
  readonly kind: 'key'
  readonly accountId: number
  readonly keyId: string
  readonly role: Role
  readonly scopes: readonly Scope[]
}

export interface ApplicationCaller {
  readonly kind: 'application'
  readonly applicationId: string
  readonly consumerKey: string
}

export interface CredentialsFace {
  /**
   * Returns who a signed token belongs to: signature and kind, then the session row itself. Throws `invalid_token`, `token_expired`,
   * `wrong_token_kind`, `session_revoked`; `unavailable` when the store cannot be asked.
   */
  checkToken(text: string, accepted: readonly TokenKind[]): Promise<SessionCaller>
  /** Throws `invalid_api_key`, `api_key_expired`. */
  checkKey(text: string): Promise<KeyCaller>
  /** Returns the enabled application of a key. Throws `invalid_application`. */
  findApplication(consumerKey: string): Promise<ApplicationCaller>
  /** Key and secret. Throws `invalid_application`. */
  checkApplicationSecret(consumerKey: string, consumerSecret: string): Promise<ApplicationCaller>
  /** A bearer and the key it was made for. Throws `invalid_application`. */
  checkBearer(bearer: string, consumerKey: string): Promise<ApplicationCaller>
  /** The opaque token of an access-code session. Throws `session_revoked`. */
  checkSessionToken(sessionToken: string, application: ApplicationCaller): Promise<SessionCaller>
}
