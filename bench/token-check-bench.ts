import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { processorMs } from './http-bench.ts'
import { measureThroughput } from './http-load.ts'
import { type Figure, round } from './report.ts'
import { median } from './statistics.ts'

interface Plan {
  readonly rounds: number
  readonly seconds: number
}

/**
 * Measures one route twice, with and without a token that is looked up at each request; the handler is the same. `url` is an empty
 * PostgreSQL database, or null for SQLite. Requests per second depend on what else the machine does, processor time hardly.
 */
export async function benchTokenCheck(engine: string, url: string | null, plan: Plan): Promise<Figure[]> {
  const server = await startCheckedServer(url)
  const pairs: Pair[] = []
  try {
    for (let i = -1; i < plan.rounds; i++) {
      const checked = await server.measure('checked', plan.seconds)
      const unchecked = await server.measure('unchecked', plan.seconds)
      if (i >= 0) pairs.push({ checked, unchecked }) // the first round warms up, and sees the token for the first time
    }
  } finally {
    await server.stop()
  }
  return [rateFigure(engine, pairs, url === null), costFigure(engine, pairs)]
}

interface Round {
  readonly perS: number
  readonly cpuUs: number
}

interface Pair {
  readonly checked: Round
  readonly unchecked: Round
}

function rateFigure(engine: string, pairs: readonly Pair[], hasTarget: boolean): Figure {
  const ratio = median(pairs.map(({ checked, unchecked }) => checked.perS / unchecked.perS))
  return {
    what: `requests/s with a token that is looked up, ${engine}`,
    ours: round(median(pairs.map(({ checked }) => checked.perS))),
    peer: `${round(median(pairs.map(({ unchecked }) => unchecked.perS)))} unchecked`,
    ratio: ratio.toFixed(2),
    target: hasTarget ? '≥ 0.7' : '',
    meets: hasTarget ? ratio >= 0.7 : null,
  }
}

function costFigure(engine: string, pairs: readonly Pair[]): Figure {
  const ratio = median(pairs.map(({ checked, unchecked }) => unchecked.cpuUs / checked.cpuUs))
  return {
    what: `the same, processor µs a request, ${engine}`,
    ours: round(median(pairs.map(({ checked }) => checked.cpuUs)), 1),
    peer: `${round(median(pairs.map(({ unchecked }) => unchecked.cpuUs)), 1)} unchecked`,
    ratio: ratio.toFixed(2),
    target: '',
    meets: null,
  }
}

async function startCheckedServer(url: string | null) {
  const program = fileURLToPath(new URL('checked-server.ts', import.meta.url))
  const child = spawn(process.execPath, [program, ...(url === null ? [] : [url])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { port, token } = JSON.parse(line) as { port: number; token: string }
  const headers = { authorization: `Bearer ${token}` }
  return {
    async measure(path: string, seconds: number): Promise<Round> {
      const before = processorMs(child.pid ?? -1)
      const { requests, perS } = await measureThroughput(`http://127.0.0.1:${port}/api/${path}`, seconds, headers)
      return { perS, cpuUs: ((processorMs(child.pid ?? -1) - before) * 1_000) / requests }
    },
    async stop(): Promise<void> {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'close')
    },
  }
}
