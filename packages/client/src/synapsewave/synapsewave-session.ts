import { isToken } from '../base-url.ts'
import { isRecord } from '../json.ts'
import { inspected, inspectSymbol, masked } from '../mask.ts'
import { callSynapsewave, type SynapsewaveCall } from './call-synapsewave.ts'
import { SynapsewaveError } from './synapsewave-error.ts'
import { type SynapsewaveDevice, type SynapsewaveLogin, toDeviceBody, toLoginBody } from './synapsewave-login.ts'
import { parseSynapsewaveOptions, type SynapsewaveOptions, type SynapsewaveSettings } from './synapsewave-options.ts'
import type {
  SynapsewaveOtpSent,
  SynapsewaveProfile,
  SynapsewaveRegistration,
  SynapsewaveTotp,
  SynapsewaveUser,
} from './synapsewave-replies.ts'

const USER = '/authentication/v1/user'

/**
 * One person's session with the Synapsewave API of a Banyan server: login and every neighbouring call of synapsewave.md
 * §6. It keeps the tokens of the session and shows them to nobody who prints it. A method makes one request, never
 * retries, and rejects with `SynapsewaveError` (the server refused), `ConnectionError` (no answer), or `TypeError` (wrong
 * use; nothing was sent). Where it resolves to nothing, the server has nothing to tell.
 */
export class SynapsewaveSession {
  readonly #settings: SynapsewaveSettings
  #accessToken: string | undefined
  #broadcastAccessToken: string | undefined
  #registerToken: string | undefined

  /** @throws {TypeError} naming the option that is wrong. */
  constructor(options: SynapsewaveOptions) {
    this.#settings = parseSynapsewaveOptions(options)
    this.#accessToken = options.accessToken
  }

  get userId(): string {
    return this.#settings.userId
  }

  /** Until the session ends: by `logout`, a changed password, or when the server says that it is over. */
  get accessToken(): string | undefined {
    return this.#accessToken
  }

  /** For the price feed only; as long as `accessToken`. */
  get broadcastAccessToken(): string | undefined {
    return this.#broadcastAccessToken
  }

  /** Checks the password alone and keeps the token for a login of type TOKEN. */
  async register({ password, ...device }: SynapsewaveDevice & { password: string }): Promise<SynapsewaveRegistration> {
    const first = { login_type: 'PASSWORD', password, second_auth_type: 'REGISTER' }
    const body = this.#withCredentials({ ...first, ...toDeviceBody(device) })
    const reply = await this.#call({ method: 'POST', path: `${USER}/session`, body, isWhole: isRegistration })
    this.#registerToken = reply.register_token
    return reply
  }

  /** Logs in with any two factors the server accepts together, and keeps the tokens. */
  async login(login: SynapsewaveLogin): Promise<SynapsewaveUser> {
    const body = this.#withCredentials(toLoginBody(login, this.#registerToken))
    const user = await this.#call({ method: 'POST', path: `${USER}/session`, body, isWhole: isUser })
    this.#accessToken = user.access_token
    this.#broadcastAccessToken = user.broadcast_access_token
    this.#registerToken = undefined
    return user
  }

  /** Ends the session and both its tokens. */
  async logout(): Promise<void> {
    await this.#bearerCall({ method: 'DELETE', path: `${USER}/session`, isWhole: isAny })
    this.#forget()
  }

  /** Returns false for a session that is over: expired, revoked, or of no token the server knows. */
  async validate(): Promise<boolean> {
    try {
      return (await this.#bearerCall({ method: 'PUT', path: `${USER}/session`, isWhole: isText })) === 'true'
    } catch (error) {
      if (isSessionOver(error)) return false
      throw error
    }
  }

  /** Returns what the server knows of the person. */
  profile(): Promise<SynapsewaveProfile> {
    return this.#bearerCall({ method: 'GET', path: `${USER}/profile`, isWhole: isObject<SynapsewaveProfile> })
  }

  /** Sends or resends the OTP of a login. The answer is the same for an account that does not exist. */
  sendOtp(options: { readonly registerToken?: string } = {}): Promise<SynapsewaveOtpSent> {
    const body = this.#withCredentials({ register_token: options.registerToken })
    return this.#call({ method: 'POST', path: `${USER}/otp/send`, body, isWhole: isObject<SynapsewaveOtpSent> })
  }

  /** Sends an OTP for `resetPassword` and `registerTotp`. */
  async sendPasswordOtp(): Promise<void> {
    await this.#credentialCall('POST', `${USER}/password/reset/send-otp`)
  }

  /** Sends an OTP for `resetMpin` and `setFingerprint`. */
  async sendMpinOtp(): Promise<void> {
    await this.#credentialCall('POST', `${USER}/mpin/reset/send-otp`)
  }

  /** Spends the newest OTP for a password or an MPIN; returns a token, good for 600 s, that stands for it once. */
  verifyOtp(otp: string): Promise<string> {
    const body = this.#withCredentials({ otp })
    return this.#call({ method: 'POST', path: `${USER}/otp/verify`, body, isWhole: isToken })
  }

  /** Sets a new password with the OTP or its token. All sessions of the account end. */
  async resetPassword({ newPassword, otp }: { newPassword: string; otp: string }): Promise<void> {
    await this.#credentialCall('PUT', `${USER}/password/reset`, { new_password: newPassword, otp })
    this.#forget()
  }

  /** Replaces the password. All sessions of the account end. */
  async changePassword({ oldPassword, newPassword }: { oldPassword: string; newPassword: string }): Promise<void> {
    await this.#credentialCall('PUT', `${USER}/password`, { old_password: oldPassword, new_password: newPassword })
    this.#forget()
  }

  /** Sets the MPIN, 4–6 digits; registers and trusts the device when it is given. */
  async registerMpin({ mpin, udid }: { mpin: string; udid?: string }): Promise<void> {
    await this.#bearerCall({
      method: 'POST',
      path: `${USER}/mpin`,
      body: { mpin, mobile_udid: udid },
      isWhole: isAny,
    })
  }

  async changeMpin({ oldMpin, newMpin }: { oldMpin: string; newMpin: string }): Promise<void> {
    await this.#credentialCall('PUT', `${USER}/mpin`, { old_mpin: oldMpin, new_mpin: newMpin })
  }

  /** Sets the MPIN and registers the device, not yet trusted, with the OTP or its token. */
  async resetMpin({ mpin, udid, otp }: { mpin: string; udid: string; otp: string }): Promise<void> {
    await this.#credentialCall('POST', `${USER}/mpin/reset/verify-otp`, { mpin, mobile_udid: udid, otp })
  }

  /** Registers the device, not yet trusted, with the OTP or its token. The server does not check tenant and group. */
  async setFingerprint(options: { tenantId: string; groupId: string; udid: string; otp: string }): Promise<void> {
    const { tenantId, groupId, udid, otp } = options
    const path = `/authentication/${encodeURIComponent(tenantId)}/v1/setMPIN`
    await this.#credentialCall('POST', path, { group_Id: groupId, type: 'SET_FINGERPRINT', udid, otp })
  }

  /** Returns a new TOTP secret, which counts from `verifyTotp` on; the old one still does until then. */
  registerTotp({ otp, appName }: { otp: string; appName?: string }): Promise<SynapsewaveTotp> {
    const body = this.#withCredentials({ otp, app_name: appName })
    return this.#call({ method: 'POST', path: `${USER}/registertotp`, body, isWhole: isObject<SynapsewaveTotp> })
  }

  /** Proves the new secret with a code of six digits. */
  async verifyTotp(code: string): Promise<void> {
    const body = { second_auth: code }
    await this.#bearerCall({ method: 'POST', path: `${USER}/verifytotp`, body, isWhole: isAny })
  }

  toJSON(): Record<string, unknown> {
    const { apiKey, send: _, ...shown } = this.#settings
    return {
      ...shown,
      apiKey: masked(apiKey),
      accessToken: masked(this.#accessToken),
      broadcastAccessToken: masked(this.#broadcastAccessToken),
      registerToken: masked(this.#registerToken),
    }
  }

  [inspectSymbol](_depth: number, options: unknown, inspect: Parameters<typeof inspected>[3]): string {
    return inspected('SynapsewaveSession', this.toJSON(), options, inspect)
  }

  #withCredentials(members: object): object {
    const { userId, apiKey, source } = this.#settings
    return { user_id: userId, ...members, api_key: apiKey, source }
  }

  #credentialCall(method: 'POST' | 'PUT', path: string, members: object = {}): Promise<unknown> {
    return this.#call({ method, path, body: this.#withCredentials(members), isWhole: isAny })
  }

  async #bearerCall<T>(call: Omit<SynapsewaveCall<T>, 'accessToken'>): Promise<T> {
    const accessToken = this.#accessToken
    if (accessToken === undefined) throw new TypeError('Please log in first')
    try {
      return await this.#call({ ...call, accessToken })
    } catch (error) {
      if (isSessionOver(error)) this.#forget()
      throw error
    }
  }

  #call<T>(call: SynapsewaveCall<T>): Promise<T> {
    return callSynapsewave(this.#settings, call)
  }

  #forget(): void {
    this.#accessToken = undefined
    this.#broadcastAccessToken = undefined
  }
}

const isSessionOver = (error: unknown): boolean =>
  error instanceof SynapsewaveError && (error.code === 'e-34' || error.code === 'e-35')

const isAny = (_data: unknown): _data is unknown => true
const isText = (data: unknown): data is string => typeof data === 'string'
const isObject = <T>(data: unknown): data is T => isRecord(data)
const isUser = (data: unknown): data is SynapsewaveUser => isRecord(data) && isToken(data['access_token'])
const isRegistration = (data: unknown): data is SynapsewaveRegistration =>
  isRecord(data) && isToken(data['register_token'])
