import { readFileSync } from 'node:fs'
import { processTimers, type Timers } from '@banyan/brokers'
import { type Clock, createTradingCalendar, type EpochMs, parseCalendarData } from '@banyan/domain'
import { createCallLog } from './core/call-log.ts'
import { createControl, type ProviderLane, type SandboxControl } from './core/control.ts'
import { answerControl } from './core/control-routes.ts'
import { createFaultQueue } from './core/fault-queue.ts'
import { readIdentities } from './core/market/identity-file.ts'
import { createSandboxMarket } from './core/market/sandbox-market.ts'
import { type ProviderServer, startProviderServer } from './core/provider-server.ts'
import { createSandboxClock } from './core/sandbox-clock.ts'
import type { ImitatedUpstream, SandboxContext, SandboxProvider } from './core/upstream.ts'
import { createExchange } from './exchange/exchange.ts'
import { createIcici } from './icici/icici.ts'
import type { IciciOptions } from './icici/icici-options.ts'
import { createYahoo } from './yahoo/yahoo.ts'
import type { ZerodhaPortfolio } from './zerodha/portfolio.ts'
import { createZerodha } from './zerodha/zerodha.ts'
import type { ZerodhaOptions } from './zerodha/zerodha-options.ts'

export interface SandboxOptions {
  /** Prices, portfolios' values, tokens and garbage follow from it. */
  readonly seed: number
  /** Free ports where left out. */
  readonly ports?: Partial<Readonly<Record<SandboxProvider, number>>>
  /** Where the sandbox's clock starts; real time when left out. */
  readonly clockStart?: EpochMs
  /** What people own, by user id; each broker has its own when left out. */
  readonly portfolio?: SandboxPortfolio
  /** Apps known to the brokers; see their options for what holds when left out. */
  readonly zerodha?: Omit<ZerodhaOptions, 'portfolios'>
  readonly icici?: Omit<IciciOptions, 'portfolios'>
  /** Real time, for tests that turn the hands themselves. */
  readonly wall?: Clock
  readonly timers?: Timers
}

interface SandboxPortfolio {
  readonly zerodha?: Readonly<Record<string, ZerodhaPortfolio>>
  readonly icici?: NonNullable<IciciOptions['portfolios']>
}

export interface Sandbox {
  /** Without a slash at their end. */
  readonly urls: {
    readonly zerodha: {
      readonly rest: string
      /** The page itself. */
      readonly login: string
      readonly ticker: string
    }
    readonly icici: string
    readonly yahoo: string
    readonly exchange: string
  }
  readonly control: SandboxControl
  /** Ends every connection and frees the ports. */
  close(): Promise<void>
}

const calendarFile = new URL('../../../data/calendar/nse.json', import.meta.url)

/** Starts all upstreams, one port each, on loopback. Rejects when a port is taken or a portfolio names what is not listed. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, wall = { now: () => Date.now() }, timers = processTimers } = options
  const clock = createSandboxClock(wall, options.clockStart ?? wall.now())
  const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))
  const market = createSandboxMarket({ seed, calendar, identities: readIdentities() })
  const upstreams = createUpstreams({ clock, seed, market }, options, timers)

  const started: ProviderServer[] = []
  const close = async () => void (await Promise.all(started.map((server) => server.close())))
  const startLane = async (upstream: ImitatedUpstream): Promise<ProviderLane & { readonly server: ProviderServer }> => {
    const [queue, log] = [createFaultQueue(clock), createCallLog(upstream.provider)]
    const parts = {
      upstream,
      clock,
      seed,
      timers,
      queue,
      log,
      control: (call: Parameters<typeof answerControl>[2]) => answerControl(control, upstream.provider, call),
    }
    const server = await startProviderServer(parts, options.ports?.[upstream.provider] ?? 0)
    started.push(server)
    return { upstream, queue, log, server }
  }
  const lanes = await startLanes(upstreams, startLane, close)
  const control = createControl(clock, lanes)
  return { urls: urlsOf(lanes), control, close }
}

function createUpstreams(context: SandboxContext, { zerodha, icici, portfolio }: SandboxOptions, timers: Timers) {
  return {
    zerodha: createZerodha(
      context,
      { ...zerodha, ...(portfolio?.zerodha && { portfolios: portfolio.zerodha }) },
      timers,
    ),
    icici: createIcici(context, { ...icici, ...(portfolio?.icici && { portfolios: portfolio.icici }) }),
    yahoo: createYahoo(context),
    exchange: createExchange(context),
  } satisfies Record<SandboxProvider, ImitatedUpstream>
}

/** One that cannot start ends those that have. */
async function startLanes<Lane>(
  upstreams: Readonly<Record<SandboxProvider, ImitatedUpstream>>,
  start: (upstream: ImitatedUpstream) => Promise<Lane>,
  close: () => Promise<void>,
): Promise<Readonly<Record<SandboxProvider, Lane>>> {
  try {
    return {
      zerodha: await start(upstreams.zerodha),
      icici: await start(upstreams.icici),
      yahoo: await start(upstreams.yahoo),
      exchange: await start(upstreams.exchange),
    }
  } catch (error) {
    await close()
    for (const upstream of Object.values(upstreams)) upstream.close?.()
    throw error
  }
}

type Ports = Readonly<Record<SandboxProvider, { readonly server: Pick<ProviderServer, 'port'> }>>

function urlsOf(lanes: Ports): Sandbox['urls'] {
  const url = (provider: SandboxProvider, scheme = 'http') => `${scheme}://127.0.0.1:${lanes[provider].server.port}`
  return {
    zerodha: { rest: url('zerodha'), login: `${url('zerodha')}/connect/login`, ticker: url('zerodha', 'ws') },
    icici: url('icici'),
    yahoo: url('yahoo'),
    exchange: url('exchange'),
  }
}
