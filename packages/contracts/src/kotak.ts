import { type Static, Type } from 'typebox'

/** Body of every failure under /apim (kotak.md §4). */
const fault = Type.Object({
  code: Type.Integer({ description: '900901, 100000–100005, 99999, 900800, 900906, 101500, 101503 or 101504.' }),
  message: Type.String(),
  description: Type.String({ description: 'Of 100000: `<field>: <reason>`.' }),
})
export const KotakFault = Type.Object({ fault }, { $id: 'KotakFault' })
export type KotakFault = Static<typeof KotakFault>

/** Refusal of /apim/token and /apim/revoke: the error of RFC 6749 §5.2 beside the fault (kotak.md §5.1). */
export const KotakTokenFault = Type.Object(
  {
    error: Type.Enum(['invalid_request', 'invalid_client', 'unsupported_grant_type']),
    error_description: Type.String(),
    fault,
  },
  { $id: 'KotakTokenFault' },
)
export type KotakTokenFault = Static<typeof KotakTokenFault>

const consumerKey = Type.String({ description: 'Key of the enabled application the bearer belongs to.' })
const claim = (what: string) => Type.Optional(Type.String({ description: `${what}; 0–64 printable ASCII, a claim.` }))
const claims = { ip: claim("The client's own idea of its address"), appId: claim('Name of the program') }
const userid = Type.String({ description: 'Client code: 3–12 letters or digits in any case.' })

/** Headers of the session calls beside `Authorization: Bearer <access token>` (kotak.md §3.1). */
export const KotakInitHeaders = Type.Object({ userid, consumerKey, ...claims })
export const KotakLoginHeaders = Type.Object({ consumerKey, ...claims })
export const KotakSecondFactorHeaders = Type.Object({
  oneTimeToken: Type.String({ description: 'From login: 32 hexadecimal digits in any case.' }),
  consumerKey,
  ...claims,
})
export const KotakLogoutHeaders = Type.Object({
  sessionToken: Type.String({ description: 'From the second factor: 32 hexadecimal digits in any case.' }),
  userid,
  consumerKey,
  ...claims,
})

export const KotakLoginBody = Type.Object({
  userid,
  password: Type.String({ description: '1–1,024 characters.' }),
})
export const KotakAccessCodeBody = Type.Object({
  userid,
  accessCode: Type.String({ description: '4 digits; a JSON number is refused.' }),
})
export const KotakOneTimeTokenBody = Type.Object({ userid })

export const KotakTokenForm = Type.Object({
  grant_type: Type.String({ description: 'client_credentials; other fields are ignored.' }),
})
export const KotakRevokeForm = Type.Object({
  token: Type.String({ description: 'Any text; only a live bearer of this application is ended.' }),
})

/** Reply of POST /apim/token (kotak.md §5.1). */
export const KotakTokenReply = Type.Object(
  {
    access_token: Type.String({ description: '32 lower-case hexadecimal digits.' }),
    scope: Type.Literal('default'),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds.' }),
  },
  { $id: 'KotakTokenReply' },
)
export type KotakTokenReply = Static<typeof KotakTokenReply>

/** Reply of POST /apim/revoke, the same whatever the token was (kotak.md §5.2). */
export const KotakRevokeReply = Type.Object({}, { $id: 'KotakRevokeReply' })

/** An address the client is told, its port once more beside it. */
const place = Type.Object({ host: Type.String(), port: Type.Integer() })
const yesOrNo = Type.Enum(['Y', 'N'])
const istTime = (what: string) => Type.String({ description: `${what}: M/D/YYYY h:mm:ss AM or PM, Asia/Kolkata.` })

/** Reply of GET init (kotak.md §5.3). `publickKey` is the wire name. */
export const KotakInitReply = Type.Object(
  {
    Success: Type.Object({
      clientType: Type.Literal('ONLINE'),
      encryption: Type.Object({ keySize: Type.Integer(), publickKey: Type.String(), type: Type.Literal('PLAIN') }),
      isNRI: yesOrNo,
      message: Type.String(),
      redirect: place,
      service: place,
      status: Type.Literal('Success'),
      userType: Type.Literal('G'),
      userid: Type.String({ description: 'The header, in upper case; says nothing about an account.' }),
    }),
  },
  { $id: 'KotakInitReply' },
)
export type KotakInitReply = Static<typeof KotakInitReply>

/** Reply of POST login/userid (kotak.md §5.4). */
export const KotakLoginReply = Type.Object(
  {
    Success: Type.Object({
      Status: Type.Literal('Temporary'),
      accessCodeTime: istTime('Issue of the access code'),
      biometric: yesOrNo,
      clientType: Type.Literal('ONLINE'),
      emailId: Type.String({ description: 'XXXX@ and the domain.' }),
      message: Type.String(),
      mpin: yesOrNo,
      oneTimeToken: Type.String({ description: '32 upper-case hexadecimal digits, good for 15 minutes.' }),
      phoneNo: Type.String({ description: 'XXXXXXX and the last 3 digits; empty without a mobile number.' }),
      redirect: Type.Object({ host: Type.String(), port: Type.Integer(), userid: Type.String() }),
    }),
  },
  { $id: 'KotakLoginReply' },
)
export type KotakLoginReply = Static<typeof KotakLoginReply>

const segment = Type.Array(
  Type.Object({ exchange: Type.Enum(['NSE', 'BSE', 'MCX']), status: Type.Enum(['ACTIVE', 'INACTIVE']) }),
)

/** Reply of both second-factor calls (kotak.md §5.5, §5.6). */
export const KotakSessionReply = Type.Object(
  {
    success: Type.Object({
      advancedChart: place,
      apiToken: Type.Object({ redirect: place, sessionId: Type.String({ description: 'Random, no secret.' }) }),
      broadcast: place,
      clientCode: Type.String(),
      clientName: Type.String({ description: 'Name of the account in upper case; empty when it has none.' }),
      dormantType: Type.Literal('-'),
      emailId: Type.String(),
      enabledExchangeSegments: Type.Object({ CASH: segment, CDS: segment, COMMODITY: segment, FNO: segment }),
      enabledProducts: Type.Array(Type.String()),
      enabledSegments: Type.Array(Type.String()),
      getLtp: place,
      isNRI: yesOrNo,
      loginTime: istTime('Now'),
      marginProduct: Type.Object({ isEnabled: yesOrNo }),
      marketData: place,
      phoneNo: Type.String(),
      redirect: place,
      search: place,
      service: place,
      sessionToken: Type.String({
        description: '32 upper-case hexadecimal digits; good until 06:00 IST of the next day.',
      }),
      stwtFlag: yesOrNo,
      userId: Type.String(),
      weblink: place,
    }),
  },
  { $id: 'KotakSessionReply' },
)
export type KotakSessionReply = Static<typeof KotakSessionReply>

/** Reply of DELETE logout (kotak.md §5.7). */
export const KotakLogoutReply = Type.Object(
  { Success: Type.Object({ message: Type.Literal('Logout Successful.') }) },
  { $id: 'KotakLogoutReply' },
)
export type KotakLogoutReply = Static<typeof KotakLogoutReply>
