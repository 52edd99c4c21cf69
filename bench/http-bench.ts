import { existsSync, readFileSync } from 'node:fs'
import { startBanyan, temporaryFolder } from '../acceptance/banyan-process.ts'
import { measureThroughput, recordReply, startBareServer, type Target } from './http-load.ts'
import { measureOpenLoad } from './open-load.ts'
import { type Figure, round } from './report.ts'
import { median } from './statistics.ts'

interface Plan {
  readonly rounds: number
  readonly seconds: number
}

/**
 * Measures snapshot and quotes beside a bare node:http server that replies the same bytes, in turns: both see the same noise.
 * The replay runs at 11:00, so prices change while they are served.
 */
export async function benchHttp(plan: Plan): Promise<Figure[]> {
  const home = temporaryFolder('banyan-bench-')
  const banyan = await startBanyan({
    BANYAN_HOME: home.path,
    RATE_LIMIT: 'off',
    REPLAY_START: '11:00',
    LOG_LEVEL: 'warn',
  })
  try {
    const snapshot = `${banyan.origin}/api/index/snapshot`
    const quotes = `${banyan.origin}/api/quotes?symbols=${encodeURIComponent((await fiftySymbols(banyan.origin)).join(','))}`
    return [
      ...(await compareThroughput('snapshot', { url: snapshot, pid: banyan.pid }, 0.9, plan)),
      await compareLatency('snapshot at 5,000/s, p99 ms', snapshot, plan),
      ...(await compareThroughput('50 quotes', { url: quotes, pid: banyan.pid }, 0.5, plan)),
    ]
  } finally {
    await banyan.stop('SIGKILL')
    home.remove()
  }
}

async function fiftySymbols(origin: string): Promise<readonly string[]> {
  const response = await fetch(`${origin}/api/movers?limit=50`)
  const { gainers, losers } = (await response.json()) as Record<'gainers' | 'losers', { instrument: string }[]>
  const symbols = [...new Set([...gainers, ...losers].map((mover) => mover.instrument))].slice(0, 50)
  if (symbols.length !== 50) throw new Error(`the benchmark needs 50 priced shares, the server has ${symbols.length}`)
  return symbols
}

/** Requests per second depend on what else the machine does; the processor time of a request hardly does, so both are told. */
async function compareThroughput(what: string, measured: Target, target: number, plan: Plan): Promise<Figure[]> {
  const bare = await startBareServer(await recordReply(measured.url))
  const [ours, peer]: [Round[], Round[]] = [[], []]
  try {
    for (let i = -1; i < plan.rounds; i++) {
      const turns: [Target, Round[]][] = [
        [measured, ours],
        [bare, peer],
      ]
      for (const [one, rounds] of i % 2 === 0 ? turns : turns.toReversed()) {
        const round = await measureRound(one, plan.seconds)
        if (i >= 0) rounds.push(round) // the first round of each warms up
      }
    }
  } finally {
    bare.stop()
  }
  const ratio = median(ours.map((round, i) => round.perS / (peer[i]?.perS ?? Number.NaN)))
  const cpu = [ours, peer].map((rounds) => median(rounds.map((round) => round.cpuUs)))
  return [
    {
      what: `${what}, requests/s`,
      ours: round(median(ours.map(({ perS }) => perS))),
      peer: `${round(median(peer.map(({ perS }) => perS)))} bare node:http`,
      ratio: ratio.toFixed(2),
      target: `≥ ${target}`,
      meets: ratio >= target,
    },
    {
      what: `${what}, processor µs a request`,
      ours: round(cpu[0] ?? Number.NaN, 1),
      peer: `${round(cpu[1] ?? Number.NaN, 1)} bare node:http`,
      ratio: ((cpu[1] ?? Number.NaN) / (cpu[0] ?? Number.NaN)).toFixed(2),
      target: '',
      meets: null,
    },
  ]
}

interface Round {
  readonly perS: number
  readonly cpuUs: number
}

async function measureRound({ url, pid }: Target, seconds: number): Promise<Round> {
  const before = processorMs(pid)
  const { requests, perS } = await measureThroughput(url, seconds)
  return { perS, cpuUs: ((processorMs(pid) - before) * 1_000) / requests }
}

/** Processor time of all threads since the process began; Linux tells it in hundredths of a second, elsewhere there is no figure. */
export function processorMs(pid: number): number {
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return Number.NaN
  const fields = readFileSync(stat, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function compareLatency(what: string, url: string, plan: Plan): Promise<Figure> {
  const load = { ratePerS: 5_000, seconds: plan.seconds, connections: 20 }
  await measureOpenLoad(url, { ...load, seconds: 1 })
  const bare = await startBareServer(await recordReply(url))
  const ours: number[] = []
  const peer: number[] = []
  try {
    for (let i = 0; i < plan.rounds; i++) {
      ours.push((await measureOpenLoad(url, load)).p99Ms)
      peer.push((await measureOpenLoad(bare.url, load)).p99Ms)
    }
  } finally {
    bare.stop()
  }
  return {
    what,
    ours: round(median(ours), 1),
    peer: `${round(median(peer), 1)} bare node:http`,
    ratio: '',
    target: '< 2',
    meets: median(ours) < 2,
  }
}
