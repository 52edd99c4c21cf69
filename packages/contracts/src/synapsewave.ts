import { type Static, type TSchema, Type } from 'typebox'

export const synapsewaveLoginTypes = ['PASSWORD', 'TOKEN', 'MPIN', 'FINGERPRINT', 'TP_TOKEN'] as const
export const synapsewaveSecondAuthTypes = ['OTP', 'TOTP', 'FINGERPRINT', 'REGISTER'] as const

/** Members of `deviceinfo` the vendor documents (synapsewave.md §5.2), all strings. */
export const synapsewaveDeviceFacts = [
  'UDID',
  'DeviceModel',
  'DeviceSerialNo',
  'DeviceManufacturer',
  'DevicePlatform',
  'DevicePlatformVer',
  'Longitude',
  'Latitude',
  'AppName',
  'AppVersion',
  'AppVersionCode',
  'AppPackageName',
  'FCMRegKey',
  'IP',
  'SDKVersion',
] as const

const userId = Type.String({ pattern: '^[A-Za-z0-9]{3,12}$', description: 'Client code (UCC), in any case.' })
const sixDigits = (description: string) => Type.String({ pattern: '^[0-9]{6}$', description })
const udid = (description: string) => Type.String({ minLength: 1, maxLength: 50, description })
const mpin = Type.Union([Type.Integer(), Type.String({ pattern: '^[0-9]{4,6}$' })], {
  description: '4–6 digits; text where it begins with 0.',
})
const proof = Type.String({ description: 'Token of otp/verify, or the 6-digit OTP itself.' })
const newPassword = Type.String({ minLength: 8, maxLength: 256 })

const creds = {
  user_id: userId,
  api_key: Type.String({ minLength: 1, maxLength: 128, description: 'Key of the application.' }),
  source: Type.String({ description: 'WEBAPI or MOBILEAPI, in any case.' }),
}

/** Headers every call may carry (synapsewave.md §3.1). */
export const SynapsewaveHeaders = Type.Object({
  'x-api-key': Type.Optional(
    Type.String({ description: 'Key of the application; when sent, the same as `api_key` or the one of the session.' }),
  ),
})

/** Body of POST /interactive/authentication/v1/user/session (synapsewave.md §5.1). */
export const SynapsewaveLogin = Type.Object({
  user_id: userId,
  login_type: Type.Optional(
    Type.Enum([...synapsewaveLoginTypes], { description: 'What `password` holds; PASSWORD when absent.' }),
  ),
  password: Type.String({ description: 'Password, MPIN, UDID, register_token or SSO token, by `login_type`.' }),
  second_auth_type: Type.Optional(Type.Enum([...synapsewaveSecondAuthTypes])),
  second_auth: Type.Optional(Type.String({ description: 'OTP, TOTP or UDID, by `second_auth_type`.' })),
  api_key: creds.api_key,
  source: creds.source,
  UDID: Type.Optional(udid('The device that asks.')),
  version: Type.Optional(Type.String({ maxLength: 32, description: 'Version of the Android application.' })),
  iosversion: Type.Optional(Type.String({ maxLength: 32, description: 'Version of the iOS application.' })),
  build_version: Type.Optional(Type.String({ maxLength: 32, description: 'Internal build.' })),
  deviceinfo: Type.Optional(
    Type.Object(
      Object.fromEntries(synapsewaveDeviceFacts.map((name) => [name, Type.Optional(Type.String({ maxLength: 256 }))])),
      { description: 'Facts of the device, shown in the list of sessions and never trusted; at most 4 KiB.' },
    ),
  ),
})

export const SynapsewaveOtpSend = Type.Object({
  ...creds,
  register_token: Type.Optional(
    Type.String({ description: 'Of a REGISTER login; asks for an OTP of its TOKEN login.' }),
  ),
})
export const SynapsewaveCreds = Type.Object(creds)
export const SynapsewaveOtpVerify = Type.Object({
  ...creds,
  otp: sixDigits('OTP of password/reset/send-otp or mpin/reset/send-otp.'),
})
export const SynapsewavePasswordReset = Type.Object({ ...creds, new_password: newPassword, otp: proof })
export const SynapsewavePasswordChange = Type.Object({
  ...creds,
  old_password: Type.String({ minLength: 1, maxLength: 1024 }),
  new_password: newPassword,
})
export const SynapsewaveMpinRegister = Type.Object({
  mpin,
  mobile_udid: Type.Optional(udid('A device to register and trust.')),
})
export const SynapsewaveMpinChange = Type.Object({ ...creds, old_mpin: mpin, new_mpin: mpin })
export const SynapsewaveMpinReset = Type.Object({
  ...creds,
  mpin,
  mobile_udid: udid('A device to register; a full login with it makes it trusted.'),
  otp: proof,
})
export const SynapsewaveTenant = Type.Object({ tenantid: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })
export const SynapsewaveFingerprintSet = Type.Object({
  ...creds,
  group_Id: Type.String({ minLength: 1, maxLength: 32 }),
  type: Type.Literal('SET_FINGERPRINT'),
  udid: udid('A device to register; a full login with it makes it trusted.'),
  otp: proof,
})
export const SynapsewaveTotpRegister = Type.Object({
  ...creds,
  otp: proof,
  app_name: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Issuer the authenticator shows; `Registered in system` when absent.',
    }),
  ),
})
export const SynapsewaveTotpVerify = Type.Object({ second_auth: sixDigits('Code of the pending secret.') })

/** The envelope of every success but set-fingerprint's (synapsewave.md §3.3). */
const envelope = { status: Type.Literal('success'), code: Type.Literal('s-101'), message: Type.String() }

function withData<T extends TSchema, const Id extends string>($id: Id, data: T) {
  return Type.Object({ ...envelope, data }, { $id })
}

/** `others` of a login reply; what the server has no use for is a constant (synapsewave.md §5.5). */
const SynapsewaveOthers = Type.Object({
  userCode: Type.String(),
  groupId: Type.String(),
  groupCode: Type.String(),
  newsCategories: Type.String(),
  messageSocket: Type.String({ description: 'Address of the socket.io server for messages.' }),
  broadCastSocket: Type.String({ description: 'Address of the price feed.' }),
  secondBroadCastSocket: Type.Array(Type.String()),
  POA: Type.String({ description: '0 with power of attorney, 2 without.' }),
  nGTDDefault: Type.Integer(),
  nGTDMaxDays: Type.Integer(),
  sGTDConfigDetails: Type.String(),
  ocToken: Type.String({ description: '0x and 30 hexadecimal digits, random, without function.' }),
  managerIP: Type.String(),
  tslAllowed: Type.Array(Type.String()),
  edisForMTF: Type.Boolean(),
  showJumpPriceBothLtpAndTriggerPrice: Type.Boolean(),
  CFT: Type.String(),
  passExpDays: Type.String(),
  bAMOAllowedForUser: Type.Boolean(),
})

const SynapsewaveSession = Type.Object({
  access_token: Type.String({ description: 'Goes on every later call; until 06:00 IST of the next day.' }),
  session_token: Type.String({ description: '32 hexadecimal digits, without function.' }),
  user_name: Type.String(),
  user_status: Type.Integer(),
  login_time: Type.String({ description: 'Login before this one, `YYYY-MM-DD HH:MM:SS` IST.' }),
  exchanges: Type.Array(Type.String()),
  bcastExchanges: Type.Array(Type.String()),
  product_types: Type.Array(Type.String()),
  product_types_exchange: Type.Record(Type.String(), Type.Array(Type.String())),
  mpin_enabled: Type.Boolean(),
  fingerprint_enabled: Type.Boolean(),
  totp_enabled: Type.Boolean(),
  ptnType: Type.String(),
  others: SynapsewaveOthers,
  user_id: Type.String(),
  alias_id: Type.String(),
  broadcast_access_token: Type.String({ description: 'For the price feed only.' }),
})
export type SynapsewaveSession = Static<typeof SynapsewaveSession>

/** `data` of a login with REGISTER (synapsewave.md §5.4). */
const SynapsewaveRegistered = Type.Object({
  register_token: Type.String({ description: '`password` of one TOKEN login within 900 s.' }),
  ptnType: Type.String(),
  mpin_enabled: Type.Boolean(),
  fingerprint_enabled: Type.Boolean(),
  totp_enabled: Type.Boolean(),
  factors: Type.Array(Type.String(), { description: 'Second factors the account has.' }),
  otp_sent: Type.Boolean(),
  otp_channel: Type.String({ description: 'email or sms.' }),
})
export type SynapsewaveRegistered = Static<typeof SynapsewaveRegistered>

const SynapsewaveProfile = Type.Object({
  user_name: Type.String(),
  email: Type.String(),
  mobile_no: Type.String(),
  pan: Type.String(),
  address: Type.String(),
  mpin_enabled: Type.Boolean(),
  fingerprint_enabled: Type.Boolean(),
  dob: Type.String(),
  gender: Type.String(),
  bank_details: Type.Array(Type.Object({})),
  dp_details: Type.Array(Type.Object({})),
  mf_details: Type.Array(Type.Object({})),
})
export type SynapsewaveProfile = Static<typeof SynapsewaveProfile>

export const SynapsewaveDone = Type.Object(envelope, { $id: 'SynapsewaveDone' })
export const SynapsewaveTextReply = withData('SynapsewaveTextReply', Type.String())
export const SynapsewaveLoginReply = withData(
  'SynapsewaveLoginReply',
  Type.Union([SynapsewaveSession, SynapsewaveRegistered]),
)
export const SynapsewaveProfileReply = withData('SynapsewaveProfileReply', SynapsewaveProfile)
export const SynapsewaveOtpSendReply = withData(
  'SynapsewaveOtpSendReply',
  Type.Object({
    resend_after: Type.Integer({ description: 'Seconds until another OTP may be asked for.' }),
    expires_in: Type.Integer({ description: 'Seconds this one is good for.' }),
  }),
)
export const SynapsewaveTotpRegisterReply = withData(
  'SynapsewaveTotpRegisterReply',
  Type.Object({
    qrImg: Type.String({ description: 'The otpauth address as a PNG, `data:image/png;base64,…`.' }),
    authSecret: Type.String({ description: '32 base32 characters.' }),
    userID: Type.String(),
  }),
)
export const SynapsewaveTotpVerifyReply = withData('SynapsewaveTotpVerifyReply', Type.Object({ userID: Type.String() }))

/** Every error but those of set-fingerprint (synapsewave.md §3.3): `errors` tells the case. */
export const SynapsewaveError = Type.Object(
  {
    status: Type.Literal('error'),
    code: Type.Literal('e-101'),
    message: Type.String(),
    errors: Type.String({ pattern: '^e-[0-9]{2}$' }),
  },
  { $id: 'SynapsewaveError' },
)
export type SynapsewaveError = Static<typeof SynapsewaveError>

/** Success and error of set-fingerprint (synapsewave.md §6.3). */
export const SynapsewaveFingerprintReply = Type.Object(
  { status: Type.Literal(true), result: Type.Array(Type.Object({ message: Type.String() })) },
  { $id: 'SynapsewaveFingerprintReply' },
)
export const SynapsewaveFingerprintError = Type.Object(
  {
    status: Type.Literal(false),
    result: Type.Array(Type.Object({ message: Type.String(), errors: SynapsewaveError.properties.errors })),
  },
  { $id: 'SynapsewaveFingerprintError' },
)
export type SynapsewaveFingerprintError = Static<typeof SynapsewaveFingerprintError>
