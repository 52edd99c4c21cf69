import { randomBytes } from 'node:crypto'
import type { SynapsewaveRegistered, SynapsewaveSession } from '@banyan/contracts'
import { type EpochMs, formatIst } from '@banyan/domain'
import type { DailySession, Registered } from '../../modules/identity/index.ts'

// Segments and products of an account, none of which this server trades in (synapsewave.md §5.5; names of odin-feed.md A12).
const exchanges = ['NSE_EQ', 'BSE_EQ', 'NSE_FO']
const productTypes = ['INTRADAY', 'DELIVERY']
const productTypesByExchange = { NSE_EQ: productTypes, BSE_EQ: productTypes, NSE_FO: ['INTRADAY'] }
const ptnType = 'TOTP_OPT'

/** `data` of a full login (synapsewave.md §5.5). `origin` is the address the client dials, without a path. */
export function toSession(session: DailySession, origin: string): SynapsewaveSession {
  const { account, tokens } = session
  if (tokens.kind !== 'signed') throw new TypeError('a session of this API has signed tokens')
  return {
    access_token: tokens.interactive,
    session_token: randomHex(32),
    user_name: account.name ?? '',
    user_status: 1,
    login_time: formatTime(session.lastSignInAt),
    exchanges,
    bcastExchanges: exchanges,
    product_types: productTypes,
    product_types_exchange: productTypesByExchange,
    mpin_enabled: account.hasMpin,
    fingerprint_enabled: account.hasDevice,
    totp_enabled: account.hasTotp,
    ptnType,
    others: toOthers(account.clientCode, origin),
    user_id: account.clientCode,
    alias_id: account.clientCode,
    broadcast_access_token: tokens.feed,
  }
}

function toOthers(clientCode: string, origin: string): SynapsewaveSession['others'] {
  return {
    userCode: clientCode,
    groupId: 'HO',
    groupCode: 'HO',
    newsCategories: '',
    messageSocket: origin,
    broadCastSocket: origin.replace(/^http/, 'ws'),
    secondBroadCastSocket: [],
    POA: '2',
    nGTDDefault: 7,
    nGTDMaxDays: 30,
    sGTDConfigDetails: '',
    ocToken: `0x${randomHex(30)}`,
    managerIP: '',
    tslAllowed: [],
    edisForMTF: false,
    showJumpPriceBothLtpAndTriggerPrice: false,
    CFT: '',
    passExpDays: '',
    bAMOAllowedForUser: false,
  }
}

/** `data` of a login with REGISTER (synapsewave.md §5.4). */
export function toRegistered({ account, ...registered }: Registered): SynapsewaveRegistered {
  return {
    register_token: registered.registerToken,
    ptnType,
    mpin_enabled: account.hasMpin,
    fingerprint_enabled: account.hasDevice,
    totp_enabled: account.hasTotp,
    factors: factorWords.filter(([factor]) => registered.factors.includes(factor)).map(([, word]) => word),
    otp_sent: registered.otpSent,
    otp_channel: registered.otpChannel,
  }
}

const factorWords = [
  ['otp', 'OTP'],
  ['totp', 'TOTP'],
  ['device', 'FINGERPRINT'],
] as const

/** Renders `2026-01-02 09:14:07` in IST. */
export function formatTime(instant: EpochMs): string {
  return formatIst(instant).slice(0, 19).replace('T', ' ')
}

/** Digits that clients want to find and nothing reads. */
function randomHex(digits: number): string {
  return randomBytes(digits / 2).toString('hex')
}
