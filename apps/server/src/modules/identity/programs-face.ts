import type { EpochMs } from '@banyan/domain'
import type { ApplicationCaller, RequestOrigin, Scope, SessionCaller } from './callers.ts'

export interface ApplicationView {
  readonly id: string
  readonly name: string
  readonly consumerKey: string
  readonly isEnabled: boolean
  /** The owner signs in through this application without an access code. */
  readonly noAccessCode: boolean
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
  /** Live tokens made in the dashboard or by the application itself. */
  readonly liveTokens: number
}

/** `bearer` and `consumerSecret` are shown this once. */
export interface NewApplication extends ApplicationView {
  readonly consumerSecret: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: EpochMs
}

export interface ApplicationsFace {
  /** `accessTokenDays` 1–365. Throws `application_limit_reached` above 20. */
  create(
    caller: SessionCaller,
    given: { readonly name: string; readonly accessTokenDays: number },
    origin: RequestOrigin,
  ): Promise<NewApplication>
  list(caller: SessionCaller): Promise<readonly ApplicationView[]>
  /** Throws `not_found` for another account's. */
  update(
    caller: SessionCaller,
    id: string,
    changes: { readonly isEnabled?: boolean; readonly noAccessCode?: boolean },
    origin: RequestOrigin,
  ): Promise<ApplicationView>
  remove(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
  createToken(
    caller: SessionCaller,
    id: string,
    days: number,
    origin: RequestOrigin,
  ): Promise<{ readonly accessToken: string; readonly expiresAt: EpochMs }>
  /** A bearer of 86,400 s for an application that showed its secret; of more than 5 live ones the oldest goes. */
  mint(
    application: ApplicationCaller,
    origin: RequestOrigin,
  ): Promise<{ readonly bearer: string; readonly expiresInS: number }>
  /** Ends a live bearer of this application; does nothing for any other text. */
  revokeBearer(application: ApplicationCaller, bearer: string, origin: RequestOrigin): Promise<void>
}

export interface ApiKeyView {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs | null
  /** Exact to 60 s. */
  readonly lastUsedAt: EpochMs | null
}

export interface KeysFace {
  /** Returns the key itself, this once. Throws `key_limit_reached` at 20 live ones. */
  create(
    caller: SessionCaller,
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: EpochMs | null },
    origin: RequestOrigin,
  ): Promise<ApiKeyView & { readonly key: string }>
  /** Live ones, newest first. */
  list(caller: SessionCaller): Promise<readonly ApiKeyView[]>
  remove(caller: SessionCaller, id: string, origin: RequestOrigin): Promise<void>
}
