import type { Secret } from '@banyan/domain'
import { onOff, secretText, socketUrl, webUrl } from './config-values.ts'
import { optional, setting } from './setting.ts'

const web = 'an http:// or https:// URL without user and password'
const appKey = 'a text of 1 to 512 characters'
const adminSecret = 'a text of 16 to 256 characters'

/** Where brokers and exchanges are asked, and with which keys of the server's own. The addresses are settings so that the sandbox can stand in. */
export const upstreamSettings = {
  zerodhaApiKey: optional('ZERODHA_API_KEY', "Key of the server's own Kite Connect app.", appKey, secretText(1, 512)),
  zerodhaApiSecret: optional('ZERODHA_API_SECRET', 'Secret belonging to that key.', appKey, secretText(1, 512)),
  zerodhaAdminSecret: optional(
    'ZERODHA_ADMIN_SECRET',
    "Permits POST /api/zerodha/activate, which starts the server's Zerodha session. Without it the route is shut.",
    adminSecret,
    secretText(16, 256),
  ),
  iciciApiKey: optional('ICICI_API_KEY', "Key of the server's own Breeze app.", appKey, secretText(1, 512)),
  iciciApiSecret: optional('ICICI_API_SECRET', 'Secret belonging to that key.', appKey, secretText(1, 512)),
  iciciAdminSecret: optional(
    'ICICI_ADMIN_SECRET',
    "Permits POST /api/icici/activate, which starts the server's ICICI session. Without it the route is shut.",
    adminSecret,
    secretText(16, 256),
  ),
  yahoo: setting('YAHOO', 'on', 'Whether a live market asks Yahoo for delayed prices.', 'on or off', onOff),
  dayFiles: setting(
    'DAY_FILES',
    'on',
    "Whether a live market fetches the exchanges' end-of-day files.",
    'on or off',
    onOff,
  ),
  zerodhaApiUrl: setting('ZERODHA_API_URL', 'https://api.kite.trade', 'Kite Connect.', web, webUrl),
  zerodhaLoginUrl: setting('ZERODHA_LOGIN_URL', 'https://kite.zerodha.com', "Zerodha's login page.", web, webUrl),
  zerodhaTickerUrl: setting(
    'ZERODHA_TICKER_URL',
    'wss://ws.kite.trade',
    "Zerodha's ticker.",
    'a ws:// or wss:// URL without user and password',
    socketUrl,
  ),
  iciciApiUrl: setting('ICICI_API_URL', 'https://api.icicidirect.com', 'ICICI Breeze and its login page.', web, webUrl),
  iciciHistoryUrl: setting('ICICI_HISTORY_URL', 'https://breezeapi.icicidirect.com', 'Breeze history.', web, webUrl),
  iciciMasterUrl: setting(
    'ICICI_MASTER_URL',
    'https://directlink.icicidirect.com',
    'Where the list of Breeze codes lies.',
    web,
    webUrl,
  ),
  yahooUrl: setting('YAHOO_URL', 'https://query2.finance.yahoo.com', "Yahoo's charts.", web, webUrl),
  nseArchivesUrl: setting(
    'NSE_ARCHIVES_URL',
    'https://nsearchives.nseindia.com',
    "NSE's end-of-day files.",
    web,
    webUrl,
  ),
  bseDownloadUrl: setting('BSE_DOWNLOAD_URL', 'https://www.bseindia.com', "BSE's end-of-day files.", web, webUrl),
} as const

export interface UpstreamConfig {
  readonly zerodhaApiKey: Secret | null
  readonly zerodhaApiSecret: Secret | null
  readonly zerodhaAdminSecret: Secret | null
  readonly iciciApiKey: Secret | null
  readonly iciciApiSecret: Secret | null
  readonly iciciAdminSecret: Secret | null
  readonly yahoo: boolean
  readonly dayFiles: boolean
  readonly zerodhaApiUrl: string
  readonly zerodhaLoginUrl: string
  readonly zerodhaTickerUrl: string
  readonly iciciApiUrl: string
  readonly iciciHistoryUrl: string
  readonly iciciMasterUrl: string
  readonly yahooUrl: string
  readonly nseArchivesUrl: string
  readonly bseDownloadUrl: string
}

export const upstreamRules = [keysComeInPairs, foreignAddressesAreEncrypted] as const

function keysComeInPairs(config: UpstreamConfig): readonly string[] {
  const pairs = [
    ['ZERODHA', config.zerodhaApiKey, config.zerodhaApiSecret],
    ['ICICI', config.iciciApiKey, config.iciciApiSecret],
  ] as const
  return pairs.flatMap(([name, key, secret]) =>
    (key === null) === (secret === null) ? [] : [`${name}_API_KEY and ${name}_API_SECRET belong together: set both.`],
  )
}

/** Keys and tokens go to these addresses: in the clear only to this machine, where the sandbox is. */
function foreignAddressesAreEncrypted(config: UpstreamConfig): readonly string[] {
  const names = Object.entries(upstreamSettings).filter(([name]) => name.endsWith('Url'))
  return names.flatMap(([name, { variable }]) => {
    const url = URL.parse(String(config[name as keyof UpstreamConfig]))
    if (url === null || url.protocol === 'https:' || url.protocol === 'wss:') return []
    return isThisMachine(url.hostname)
      ? []
      : [`${variable} must be encrypted (https or wss) unless it is this machine.`]
  })
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
