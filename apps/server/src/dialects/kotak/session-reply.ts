import { randomInt } from 'node:crypto'
import type { KotakSessionReply } from '@banyan/contracts'
import type { DailySession } from '../../modules/identity/index.ts'
import { toKotakTime } from './account-texts.ts'
import type { Base } from './base-echo.ts'

/** What every account may look at; nothing here is an entitlement to trade (kotak.md §5.5, the example's values). */
const market = {
  enabledExchangeSegments: {
    CASH: [
      { exchange: 'NSE', status: 'ACTIVE' },
      { exchange: 'BSE', status: 'ACTIVE' },
    ],
    CDS: [
      { exchange: 'NSE', status: 'ACTIVE' },
      { exchange: 'MCX', status: 'ACTIVE' },
    ],
    COMMODITY: [{ exchange: 'MCX', status: 'INACTIVE' }],
    FNO: [
      { exchange: 'NSE', status: 'ACTIVE' },
      { exchange: 'BSE', status: 'ACTIVE' },
    ],
  },
  enabledProducts: ['NORMAL', 'SUPERMULTIPLE', 'SUPERMULTIPLEOPTION', 'MTF', 'MIS'],
  enabledSegments: ['CASH', 'FO', 'CDS'],
} satisfies Partial<KotakSessionReply['success']>

/** Returns the reply of both second-factor calls (kotak.md §5.5). Some addresses end in a slash and some do not: the wire has it so. */
export function toSessionReply(session: DailySession, base: Base): KotakSessionReply {
  const { account, tokens, signedInAt } = session
  if (tokens.kind !== 'opaque') throw new TypeError('a session by access code has one opaque token')
  const { origin, port } = base
  const at = (path: string) => ({ host: origin + path, port })
  const here = { host: base.host, port }
  return {
    success: {
      advancedChart: at('/chartiqtrade/'),
      apiToken: { redirect: at(''), sessionId: drawSessionId() },
      broadcast: at('/'),
      clientCode: account.clientCode,
      clientName: (account.name ?? '').toUpperCase(),
      dormantType: '-',
      emailId: '',
      ...market,
      getLtp: at(''),
      isNRI: 'N',
      loginTime: toKotakTime(signedInAt),
      marginProduct: { isEnabled: 'Y' },
      marketData: at(''),
      phoneNo: '',
      redirect: here,
      search: at('/'),
      service: here,
      sessionToken: tokens.session,
      stwtFlag: 'Y',
      userId: account.clientCode,
      weblink: at('/'),
    },
  }
}

/** Returns `868457#0-2044`, a text of the vendor's form that opens nothing. */
function drawSessionId(): string {
  return `${randomInt(100_000, 1_000_000)}#0-${randomInt(1_000, 10_000)}`
}
