import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { runImport } from '../../apps/server/src/commands/run-import.ts'
import type { Edge } from '../../apps/server/src/modules/analysis/index.ts'
import { defaultImportOptions } from '../../apps/server/src/modules/imports/index.ts'
import type { MeasuredEdges } from '../../scripts/edge-reference.ts'
import { measureBundledEdges } from '../../scripts/measure-bundled-edges.ts'
import { measureStoredEdges, type OwnDatabase } from '../../scripts/measure-stored-edges.ts'

const data = resolve(process.env['BANYAN_DEV_DATA'] ?? '../shared/data')
if (!existsSync(join(data, 'README.md'))) throw new Error('development data not present: set BANYAN_DEV_DATA')
const identities = join(import.meta.dirname, '../../data/identity/instruments.csv')
const days = join(data, 'daily/nse_bhav_nifty500_2019-10_2026-08.csv.gz')
const actions = join(data, 'daily/derived_price_adjust_events_2019_2026.csv')
const lastDay = '2026-08-21'

/** The records that docs/reference/edges.md shows, against those of days it could not know, on more and smaller companies. */
describe('edges of the bundled data and of the days after it', () => {
  let bundled: MeasuredEdges
  let newer: MeasuredEdges
  let pairs: readonly (readonly [bundled: Edge, newer: Edge])[]

  beforeAll(async () => {
    bundled = await measureBundledEdges()
    newer = await measureDaysAfter(bundled.until)
    const known = new Map(newer.edges.map((edge) => [keyOf(edge), edge]))
    pairs = bundled.edges.flatMap((edge) => {
      const other = known.get(keyOf(edge))
      return other && edge.n >= 30 && other.n >= 30 ? [[edge, other] as const] : []
    })
  })

  it('are measured on hundreds of shares and compared in hundreds of combinations', () => {
    process.stdout.write(`${describeRun('bundled', bundled)}\n${describeRun('newer', newer)}\n${pairs.length} pairs\n`)
    expect(newer.instruments).toBeGreaterThan(500)
    expect(pairs.length).toBeGreaterThan(700)
  })

  it.each(['day', 'week'] as const)('differ on the %s by no more than their intervals allow', (timeframe) => {
    const own = pairs.filter(([edge]) => edge.timeframe === timeframe)
    const agreeing = own.filter(([edge, other]) => Math.abs(gainOf(edge) - gainOf(other)) <= allowedGap(edge, other))
    const share = agreeing.length / own.length
    process.stdout.write(`${timeframe}: ${(100 * share).toFixed(1)} % of ${own.length} within both 90 % intervals\n`)
    // Independent cases would give 0.9. Shares move together, so intervals are a little too narrow; that is why a verdict does not rest on them alone.
    expect(share).toBeGreaterThan(0.8)
  })

  it('lose on newer days most of what stood out in the bundled ones', () => {
    const outstanding = pairs.filter(([edge]) => edge.interval[0] > edge.baseRate)
    const [before, after] = [0, 1].map((side) => mean(outstanding.map((pair) => gainOf(pair[side] ?? pair[0]))))
    process.stdout.write(`${outstanding.length} stood out by ${before?.toFixed(2)}, then by ${after?.toFixed(2)}\n`)
    expect(outstanding.length).toBeGreaterThan(20)
    expect(after).toBeLessThan((before ?? 0) / 2)
  })
})

async function measureDaysAfter(date: string): Promise<MeasuredEdges> {
  const folder = mkdtempSync(join(tmpdir(), 'banyan-newer-'))
  try {
    const newer = join(folder, 'newer.csv')
    const [head, ...rows] = gunzipSync(readFileSync(days)).toString().trimEnd().split('\n')
    writeFileSync(newer, [head, ...rows.filter((row) => (row.split(',')[1] ?? '') > date)].join('\n'))
    return await measureStoredEdges(lastDay, (own) => importFiles(own, [identities, actions, newer]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function importFiles({ databaseOptions, instruments }: OwnDatabase, paths: readonly string[]): Promise<void> {
  const { files } = await runImport({
    database: databaseOptions,
    instruments,
    paths,
    options: { ...defaultImportOptions, source: 'nse' },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  })
  expect(files).toMatchObject({ imported: paths.length })
}

function keyOf({ timeframe, pattern, direction, horizon }: Edge): string {
  return `${timeframe} ${pattern} ${direction} ${horizon}`
}

/** In points above the base rate. */
function gainOf({ shrunk, baseRate }: Edge): number {
  return shrunk - baseRate
}

function allowedGap(...edges: readonly Edge[]): number {
  return Math.hypot(...edges.map(({ interval: [low, high] }) => (high - low) / 2))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function describeRun(name: string, { edges, instruments, candles }: MeasuredEdges): string {
  const verdicts = Object.entries(Object.groupBy(edges, ({ verdict }) => verdict))
  return `${name}: ${instruments} shares, ${candles} candles; ${verdicts.map(([verdict, own]) => `${own.length} ${verdict}`).join(', ')}`
}
