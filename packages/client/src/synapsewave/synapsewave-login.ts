/** Every combination of factors the server accepts (synapsewave.md §5.3), with the device it comes from. */
export type SynapsewaveLogin = SynapsewaveFactors & SynapsewaveDevice

type SynapsewaveFactors =
  | ({ readonly loginType?: 'PASSWORD'; readonly password: string } & SecondFactor<'OTP' | 'TOTP' | 'FINGERPRINT'>)
  /** Without `password`, the token of the latest `register`. */
  | ({ readonly loginType: 'TOKEN'; readonly password?: string } & SecondFactor<'OTP' | 'TOTP' | 'FINGERPRINT'>)
  /** `password` holds the MPIN, 4–6 digits. */
  | ({ readonly loginType: 'MPIN'; readonly password: string } & SecondFactor<'OTP' | 'TOTP' | 'FINGERPRINT'>)
  /** `password` holds the UDID of a trusted device. */
  | ({ readonly loginType: 'FINGERPRINT'; readonly password: string } & SecondFactor<'OTP' | 'TOTP'>)
  /** `password` holds the token of a trusted issuer, which proves both factors. */
  | {
      readonly loginType: 'TP_TOKEN'
      readonly password: string
      readonly secondAuthType?: undefined
      readonly secondAuth?: undefined
    }

interface SecondFactor<Type extends string> {
  readonly secondAuthType: Type
  /** The six digits, or the UDID with FINGERPRINT. */
  readonly secondAuth: string
}

export interface SynapsewaveDevice {
  /** Becomes trusted by a login with password or register token and OTP or TOTP. */
  readonly udid?: string
  /** Of the Android application. */
  readonly version?: string
  readonly iosVersion?: string
  readonly buildVersion?: string
  /** Shown in the list of sessions, never trusted; up to 4 KiB. */
  readonly deviceInfo?: SynapsewaveDeviceInfo
}

/** The vendor's names (synapsewave.md §5.2); others are allowed, each value a text of up to 256 characters. */
export interface SynapsewaveDeviceInfo {
  readonly UDID?: string
  readonly DeviceModel?: string
  readonly DeviceSerialNo?: string
  readonly DeviceManufacturer?: string
  readonly DevicePlatform?: string
  readonly DevicePlatformVer?: string
  readonly Longitude?: string
  readonly Latitude?: string
  readonly AppName?: string
  readonly AppVersion?: string
  readonly AppVersionCode?: string
  readonly AppPackageName?: string
  readonly FCMRegKey?: string
  readonly IP?: string
  readonly SDKVersion?: string
  readonly [other: string]: string | undefined
}

/** Returns the members of the login body beside the credentials of the application. */
export function toLoginBody(login: SynapsewaveLogin, registerToken: string | undefined): object {
  const { loginType = 'PASSWORD', password = loginType === 'TOKEN' ? registerToken : undefined } = login
  if (password === undefined) {
    throw new TypeError(loginType === 'TOKEN' ? 'Call `register` first, or give its token' : '`password` is missing')
  }
  const second = { second_auth_type: login.secondAuthType, second_auth: login.secondAuth }
  return { login_type: loginType, password, ...second, ...toDeviceBody(login) }
}

/** JSON leaves out what is undefined. */
export function toDeviceBody({ udid, version, iosVersion, buildVersion, deviceInfo }: SynapsewaveDevice): object {
  return { UDID: udid, version, iosversion: iosVersion, build_version: buildVersion, deviceinfo: deviceInfo }
}
