import type { AccountProcess } from './account-process.ts'
import { processorMs } from './http-bench.ts'
import { measureThroughput } from './http-load.ts'
import { type Figure, round } from './report.ts'
import { median } from './statistics.ts'

interface Plan {
  readonly rounds: number
  readonly seconds: number
}

/** A pair of routes of the server: what both of them do. */
type Handler = 'me' | 'nothing'

/** Returns the requests per second of GET /api/auth/me beside those of the same handler without a look at the token. */
export async function benchTokenCheck(engine: string, server: AccountProcess, plan: Plan): Promise<Figure> {
  return rateFigure(
    `GET /api/auth/me by token, requests/s, ${engine}`,
    await measurePairs(server, 'me', plan),
    engine === 'SQLite',
  )
}

/** Returns the same of a route that does nothing, where the look is most of the work, and what either costs. */
export async function benchBareTokenCheck(engine: string, server: AccountProcess, plan: Plan): Promise<Figure[]> {
  const pairs = await measurePairs(server, 'nothing', plan)
  const what = `a route that does nothing by token, ${engine}`
  return [rateFigure(`${what}, requests/s`, pairs, false), costFigure(`${what}, processor µs`, pairs)]
}

async function measurePairs(server: AccountProcess, handler: Handler, plan: Plan): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let i = -1; i < plan.rounds; i++) {
    const checked = await measure(server, `${handler}/checked`, plan.seconds)
    const unchecked = await measure(server, `${handler}/unchecked`, plan.seconds)
    if (i >= 0) pairs.push({ checked, unchecked }) // the first round warms up, and sees the token for the first time
  }
  return pairs
}

interface Round {
  readonly perS: number
  readonly cpuUs: number
}

interface Pair {
  readonly checked: Round
  readonly unchecked: Round
}

function rateFigure(what: string, pairs: readonly Pair[], hasTarget: boolean): Figure {
  const ratio = median(pairs.map(({ checked, unchecked }) => checked.perS / unchecked.perS))
  return {
    what,
    ours: round(median(pairs.map(({ checked }) => checked.perS))),
    peer: `${round(median(pairs.map(({ unchecked }) => unchecked.perS)))} unchecked`,
    ratio: ratio.toFixed(2),
    target: hasTarget ? '≥ 0.7' : '',
    meets: hasTarget ? ratio >= 0.7 : null,
  }
}

function costFigure(what: string, pairs: readonly Pair[]): Figure {
  const ratio = median(pairs.map(({ checked, unchecked }) => unchecked.cpuUs / checked.cpuUs))
  return {
    what,
    ours: round(median(pairs.map(({ checked }) => checked.cpuUs)), 1),
    peer: `${round(median(pairs.map(({ unchecked }) => unchecked.cpuUs)), 1)} unchecked`,
    ratio: ratio.toFixed(2),
    target: '',
    meets: null,
  }
}

async function measure({ origin, pid, token }: AccountProcess, path: string, seconds: number): Promise<Round> {
  const before = processorMs(pid)
  const headers = { authorization: `Bearer ${token}` }
  const { requests, perS } = await measureThroughput(`${origin}/api/${path}`, seconds, headers)
  return { perS, cpuUs: ((processorMs(pid) - before) * 1_000) / requests }
}
