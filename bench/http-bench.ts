import { startBanyan, temporaryFolder } from '../acceptance/banyan-process.ts'
import { measureLatency, measureThroughput, recordReply, startBareServer } from './http-load.ts'
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
      await compareThroughput('snapshot, requests/s', snapshot, 0.9, plan),
      await compareLatency('snapshot at 5,000/s, p99 ms', snapshot, plan),
      await compareThroughput('50 quotes, requests/s', quotes, 0.5, plan),
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

async function compareThroughput(what: string, url: string, target: number, plan: Plan): Promise<Figure> {
  const bare = await startBareServer(await recordReply(url))
  const ours: number[] = []
  const peer: number[] = []
  try {
    await measureThroughput(url, 1)
    await measureThroughput(bare.url, 1)
    for (let i = 0; i < plan.rounds; i++) {
      ours.push(await measureThroughput(url, plan.seconds))
      peer.push(await measureThroughput(bare.url, plan.seconds))
    }
  } finally {
    bare.stop()
  }
  const ratio = median(ours.map((value, i) => value / (peer[i] ?? Number.NaN)))
  return {
    what,
    ours: round(median(ours)),
    peer: `${round(median(peer))} bare node:http`,
    ratio: ratio.toFixed(2),
    target: `≥ ${target}`,
    meets: ratio >= target,
  }
}

async function compareLatency(what: string, url: string, plan: Plan): Promise<Figure> {
  const bare = await startBareServer(await recordReply(url))
  const ours: number[] = []
  const peer: number[] = []
  try {
    for (let i = 0; i < plan.rounds; i++) {
      ours.push((await measureLatency(url, 5_000, plan.seconds)).p99Ms)
      peer.push((await measureLatency(bare.url, 5_000, plan.seconds)).p99Ms)
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
