import { isBaseUrl, isToken } from '../base-url.ts'
import { isRecord } from '../json.ts'
import { inspected, inspectSymbol, masked } from '../mask.ts'
import { callKs, type KsCall } from './call-ks.ts'
import { KsApiError, KsValueError } from './ks-error.ts'
import { type KSTradeApiOptions, type KsSettings, parseKsOptions } from './ks-options.ts'
import type { KsInit, KsLogin, KsLogout, KsSession } from './ks-replies.ts'
import { type KsReply, readKsReply } from './read-ks-reply.ts'

/**
 * A session with the Kotak API of a Banyan server (kotak.md §8): `login`, then `session2fa`, then `logout`. It keeps the
 * tokens of the session and shows them to nobody who prints it. Methods reject with `KsApiError`, or with `KsValueError`
 * when they are used wrongly. GET and DELETE are tried again where that is safe, a POST never.
 */
export class KSTradeApi {
  readonly #settings: KsSettings
  #host: string
  #isReady = false
  #oneTimeToken: string | undefined
  #sessionToken: string | undefined

  /** @throws {KsValueError} naming the option that is missing, unknown or wrong. */
  constructor(options: KSTradeApiOptions) {
    this.#settings = parseKsOptions(options)
    this.#host = this.#settings.host
  }

  /** Returns a client the server has greeted. */
  static async create(options: KSTradeApiOptions): Promise<KSTradeApi> {
    const api = new KSTradeApi(options)
    await api.init()
    return api
  }

  /** Base of the API: the option, or where the server has moved the client. */
  get host(): string {
    return this.#host
  }

  get userid(): string {
    return this.#settings.userid
  }

  /** Between `login` and `session2fa`. */
  get oneTimeToken(): string | undefined {
    return this.#oneTimeToken
  }

  /** Between `session2fa` and `logout`. */
  get sessionToken(): string | undefined {
    return this.#sessionToken
  }

  /** Greets the server. Moves to the base it names when that is on the same origin or an allowed one, and greets again. */
  async init(): Promise<KsInit> {
    const first = await this.#greet(this.#host)
    const named = first.redirect.host
    if (named !== this.#host) this.#refuseForeign(new URL(named).origin)
    const last = named === this.#host ? first : await this.#greet(named)
    this.#host = named
    this.#isReady = true
    return last
  }

  /** Proves the password and makes the server send an access code. Resolves to the reply as it came. */
  async login(credentials: string | { readonly password: string }): Promise<KsLogin> {
    const password: unknown = typeof credentials === 'string' ? credentials : credentials?.password
    if (typeof password !== 'string' || password === '') {
      throw new KsValueError('password must be a non-empty string')
    }
    if (!this.#isReady) await this.init()
    const body = { userid: this.userid, password }
    const url = `${this.#host}/session/1.0/session/login/userid`
    const { wrapped, inner } = await this.#call({ method: 'POST', url, body }, isLogin)
    this.#oneTimeToken = inner.oneTimeToken
    return wrapped as KsLogin
  }

  /** Completes the login with the access code, or without one where the account allows that. */
  async session2fa(
    code?: string | null | { readonly accessCode?: string | null; readonly access_code?: string | null },
  ): Promise<KsSession> {
    if (this.#oneTimeToken === undefined) throw new KsValueError("Please invoke 'login' function first")
    const accessCode = findAccessCode(code)
    const url = `${this.#host}/session/1.0/session/2FA/${accessCode === undefined ? 'oneTimeToken' : 'accesscode'}`
    const body = { userid: this.userid, ...(accessCode !== undefined && { accessCode }) }
    const headers = { oneTimeToken: this.#oneTimeToken }
    const { inner } = await this.#call({ method: 'POST', url, headers, body }, isSession)
    this.#oneTimeToken = undefined
    this.#sessionToken = inner.sessionToken
    return inner
  }

  /** The vendor's name of `session2fa`. */
  session_2fa(code?: Parameters<KSTradeApi['session2fa']>[0]): Promise<KsSession> {
    return this.session2fa(code)
  }

  /** Ends the session. Resolves to the reply as it came. */
  async logout(): Promise<KsLogout> {
    if (this.#sessionToken === undefined) throw new KsValueError("Please invoke 'session_2fa' function first")
    const headers = { sessionToken: this.#sessionToken, userid: this.userid }
    const url = `${this.#host}/session/1.0/session/logout`
    const reply = await this.#call({ method: 'DELETE', url, headers }, isLogout)
    this.#forget()
    return reply.wrapped as KsLogout
  }

  toJSON(): Record<string, unknown> {
    const { accessToken, consumerKey, consumerSecret, proxyPass, send: _, ...shown } = this.#settings
    return {
      ...shown,
      host: this.#host,
      accessToken: masked(accessToken),
      consumerKey: masked(consumerKey),
      consumerSecret: masked(consumerSecret),
      proxyPass: masked(proxyPass),
      oneTimeToken: masked(this.#oneTimeToken),
      sessionToken: masked(this.#sessionToken),
    }
  }

  [inspectSymbol](_depth: number, options: unknown, inspect: Parameters<typeof inspected>[3]): string {
    return inspected('KSTradeApi', this.toJSON(), options, inspect)
  }

  async #greet(base: string): Promise<KsInit> {
    const headers = { userid: this.userid }
    const url = `${base}/session/1.0/session/init`
    return (await this.#call({ method: 'GET', url, headers }, isInit)).inner
  }

  #refuseForeign(origin: string): void {
    if (origin === new URL(this.#host).origin || this.#settings.allowedHosts.includes(origin)) return
    throw new KsValueError(`Server asked to move to ${origin}; add it to allowedHosts`)
  }

  async #call<T>(call: KsCall, isWhole: (inner: unknown) => inner is T): Promise<KsReply<T>> {
    const { answer, tries } = await callKs(this.#settings, call)
    try {
      return readKsReply(answer, isWhole)
    } catch (error) {
      if (!(error instanceof KsApiError) || error.fault?.code !== SESSION_ENDED) throw error
      this.#forget()
      // An earlier try of logout ended the session and its answer was lost.
      const inner: unknown = { message: 'Logout Successful.' }
      if (tries > 1 && error.status === 401 && call.method === 'DELETE' && isWhole(inner)) {
        return { wrapped: { Success: inner }, inner }
      }
      throw error
    }
  }

  #forget(): void {
    this.#oneTimeToken = undefined
    this.#sessionToken = undefined
  }
}

/** Fault of a session that is over (kotak.md §4). */
const SESSION_ENDED = 99999

const isInit = (inner: unknown): inner is KsInit =>
  isRecord(inner) && isRecord(inner['redirect']) && isBaseUrl(inner['redirect']['host'])
const isLogin = (inner: unknown): inner is KsLogin['Success'] => isRecord(inner) && isToken(inner['oneTimeToken'])
const isSession = (inner: unknown): inner is KsSession => isRecord(inner) && isToken(inner['sessionToken'])
const isLogout = (inner: unknown): inner is KsLogout['Success'] => isRecord(inner)

function findAccessCode(code: Parameters<KSTradeApi['session2fa']>[0]): string | undefined {
  const given: unknown = typeof code === 'object' ? (code?.accessCode ?? code?.access_code) : code
  if (given === undefined || given === null || given === '') return undefined
  if (typeof given !== 'string') throw new KsValueError('accessCode must be a string')
  return given
}
