import { istDate } from '@banyan/domain'
import { htmlPage } from '../core/broken-answer.ts'
import { FaultOrderError } from '../core/fault.ts'
import type { ImitatedUpstream, SandboxAnswer, SandboxCall, SandboxContext } from '../core/upstream.ts'
import { createVendorFaults } from '../core/vendor-faults.ts'
import { dayFileAnswer, hostHabitOf } from './day-files.ts'
import { type DayFile, dayFileAt } from './file-names.ts'
import { holidayMaster } from './holiday-master.ts'
import { equityList, nameChanges, symbolChanges } from './list-files.ts'
import { sessionBefore, sessionUnder } from './publication.ts'

const listPlace = '/content/equities/'
/** Current state only, whenever they are asked for. */
const lists = {
  'EQUITY_L.csv': { operation: 'equity_list', text: equityList },
  'symbolchange.csv': { operation: 'symbol_change', text: symbolChanges },
  'namechange.csv': { operation: 'name_change', text: nameChanges },
} as const

/** Given by the home page and asked for by its API. */
const cookie = 'nsit=sandbox'

/** The hosts of NSE and BSE that have files, all on one port (upstreams.md §5.2, §5.5). */
export function createExchange({ clock, seed, market }: SandboxContext): ImitatedUpstream {
  const faults = createVendorFaults()

  const dayFile = ({ format, date }: DayFile, { now }: SandboxCall): SandboxAnswer => {
    const session = sessionUnder(date, now, market.calendar, hostHabitOf(format))
    // Prices that stand still: the file of the session before lies under the name of this one.
    const served = session && faults.use('stale') ? sessionBefore(session, market.calendar) : session
    return (served && dayFileAnswer(format, served, { market, seed })) ?? failure(404, null)
  }
  const list = (text: (typeof lists)[keyof typeof lists]['text'], { now }: SandboxCall): SandboxAnswer => ({
    status: 200,
    headers: { 'content-type': 'text/csv' },
    body: text(market, istDate(now)),
  })
  const holidays = ({ headers, query, now }: SandboxCall): SandboxAnswer => {
    if (!headers.cookie?.includes(cookie)) return failure(401, null)
    if (query.get('type') !== 'trading') return failure(404, null)
    const body = JSON.stringify(holidayMaster(market.calendar, istDate(now)))
    return { status: 200, headers: { 'content-type': 'application/json' }, body }
  }
  const home: SandboxAnswer = {
    status: 200,
    headers: { 'content-type': 'text/html', 'set-cookie': `${cookie}; Path=/; HttpOnly` },
    body: '<!doctype html><title>NSE (sandbox)</title><h1>NSE (sandbox)</h1>',
  }

  return {
    provider: 'exchange',
    operationOf: ({ path }) => routeOf(path)?.operation ?? null,
    answer(call) {
      if (faults.use('rate_limit')) return failure(429, null)
      // Programs that say what they are stay outside.
      if (!/Mozilla/.test(call.headers['user-agent'] ?? '')) return failure(403, null)
      const route = call.method === 'GET' ? routeOf(call.path) : null
      switch (route?.kind) {
        case 'day':
          return dayFile(route.file, call)
        case 'list':
          return list(route.text, call)
        case 'holidays':
          return holidays(call)
        case 'home':
          return home
        default:
          return failure(404, null)
      }
    },
    failure,
    secretsIn: () => [],
    applyFault(fault) {
      if (fault.kind !== 'rate_limit' && fault.kind !== 'stale') {
        throw new FaultOrderError(`exchange has no fault ${fault.kind}`)
      }
      faults.apply(fault, clock.now())
    },
  }
}

function routeOf(path: string) {
  if (path === '/') return { kind: 'home', operation: 'home' } as const
  if (path === '/api/holiday-master') return { kind: 'holidays', operation: 'holiday_master' } as const
  if (path.startsWith(listPlace)) {
    const [, found] = Object.entries(lists).find(([name]) => path === `${listPlace}${name}`) ?? []
    return found ? ({ kind: 'list', ...found } as const) : null
  }
  const file = dayFileAt(path)
  return file && ({ kind: 'day', operation: file.format, file } as const)
}

const reasons: Readonly<Record<number, string>> = { 403: 'Access Denied', 404: 'Not Found', 429: 'Too Many Requests' }

/** The hosts answer with pages, whatever is wrong. */
function failure(status: number, text: string | null): SandboxAnswer {
  const page = htmlPage(status)
  const said = text ?? reasons[status]
  return said === undefined
    ? page
    : { ...page, body: `<!doctype html>\n<html><body><h1>${escapeHtml(said)}</h1></body></html>\n` }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
