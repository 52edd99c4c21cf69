import { processTimers, type Timers } from '@banyan/brokers'
import type { ImitatedUpstream, SandboxAnswer, SandboxCall, SandboxContext } from '../core/upstream.ts'
import { createVendorFaults } from '../core/vendor-faults.ts'
import { failureOf, tooManyRequests } from './answers.ts'
import { createCallLimits } from './call-limits.ts'
import { createEntrance } from './entrance.ts'
import { createGate } from './gate.ts'
import { isKnownPath, matchCall, type ZerodhaOperation } from './operations.ts'
import { defaultPortfolios } from './portfolio.ts'
import { checkPortfolios, createReading } from './reading.ts'
import { refusals } from './refusals.ts'
import { apiKeyOf, secretsOf } from './secrets-of.ts'
import { createZerodhaSessions } from './sessions.ts'
import { createTickPackets } from './tick-packets.ts'
import { createTicker } from './ticker.ts'
import { appOf as findApp, type ZerodhaOptions } from './zerodha-options.ts'

/** Returns Zerodha: its login page, its API and its ticker. Throws when a portfolio names what is not listed. */
export function createZerodha(
  { clock, seed, market }: SandboxContext,
  options: ZerodhaOptions = {},
  timers: Timers = processTimers,
): ImitatedUpstream {
  const portfolios = options.portfolios ?? defaultPortfolios
  checkPortfolios(portfolios, market, clock.now())
  const appOf = (apiKey: string) => findApp(options, apiKey)
  const sessions = createZerodhaSessions(seed)
  const faults = createVendorFaults()
  const limits = createCallLimits()
  const entrance = createEntrance({
    sessions,
    appOf,
    usersOf: ({ users }) => Object.keys(portfolios).filter((id) => users?.includes(id) ?? true),
  })
  const read = createReading({
    market,
    seed,
    pricesAt: faults.pricesAt,
    portfolioOf: (userId) => portfolios[userId] ?? { holdings: [], positions: [] },
  })
  const isPortfolioOnly = (apiKey: string) => appOf(apiKey)?.product === 'portfolio_only'
  const ticker = createTicker({
    clock,
    timers,
    faults,
    packets: createTickPackets({ market, seed, pricesAt: faults.pricesAt }),
    mayListen: ({ apiKey, accessToken }) =>
      sessions.find(apiKey, accessToken, clock.now()) !== null && !isPortfolioOnly(apiKey),
  })

  const admit = createGate({ sessions, faults, isPortfolioOnly })
  const isTooFast = (operation: ZerodhaOperation, call: SandboxCall) => {
    if (operation === 'login' || operation === 'login-finish') return false
    const apiKey = apiKeyOf(call)
    return faults.use('rate_limit') || (apiKey !== null && !limits.take(apiKey, operation, clock.elapsedMs()))
  }
  const entrances: Partial<Record<ZerodhaOperation, (call: SandboxCall) => SandboxAnswer>> = {
    login: entrance.login,
    'login-finish': entrance.finishLogin,
    'open-session': entrance.openSession,
    'end-session': entrance.endSession,
  }

  return {
    provider: 'zerodha',
    operationOf: (call) => matchCall(call)?.operation ?? null,
    answer(call) {
      const matched = matchCall(call)
      if (matched === null || matched.operation === 'ticker') {
        return isKnownPath(call.path) && call.path !== '/' ? refusals.wrongMethod : refusals.unknownRoute
      }
      const { operation } = matched
      if (isTooFast(operation, call)) return tooManyRequests
      const enter = entrances[operation]
      if (enter) return enter(call)
      const admission = admit(operation, call)
      return 'refusal' in admission ? admission.refusal : read({ matched, call, userId: admission.userId })
    },
    failure: failureOf,
    secretsIn: (call) => secretsOf(call, appOf),
    applyFault(fault) {
      if (fault.kind === 'expire_session') return void (fault.use() && sessions.endAll())
      faults.apply(fault, clock.now())
      if (fault.kind === 'ticker_drop') ticker.applyDrops()
    },
    upgrade: ticker.upgrade,
    close: ticker.close,
  }
}
