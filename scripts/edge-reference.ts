import type { Calibration, Edge, EdgeRules } from '../apps/server/src/modules/analysis/index.ts'
import { istDate, type TradingDate } from '../packages/domain/src/index.ts'
import { candlestickPatterns, formationPatterns } from '../packages/patterns/src/index.ts'

/** All records measured on the bundled data, and how. */
export interface MeasuredEdges extends EdgeRules {
  readonly edges: readonly Edge[]
  readonly calibration: readonly Calibration[]
  readonly instruments: number
  readonly candles: number
  /** Last day whose candles entered. */
  readonly until: TradingDate
}

const shownHorizon = 5
const headings = { day: 'Days', week: 'Weeks', '60minute': 'Hours', '15minute': 'Quarters of an hour' } as const
const names = new Map<string, string>([...candlestickPatterns, ...formationPatterns].map(({ id, name }) => [id, name]))

/** Returns the page of measured edges. */
export function renderEdgeReference(measured: MeasuredEdges): string {
  const { edges, calibration, instruments, candles, until, costPct, priorWeight } = measured
  const count = (verdict: Edge['verdict']) => edges.filter((edge) => edge.verdict === verdict).length
  const found = edges.filter(({ verdict }) => verdict === 'edge')
  return [
    '# Measured edges',
    '',
    `Written by \`npm run edges\` from the data in the box: ${instruments} large NSE shares, ${number(candles)} adjusted candles up to ${until}`,
    '(ten years of days, twenty of weeks, six sessions of minutes). How a record is measured: [patterns](../guides/patterns.md).',
    '',
    `${number(edges.length)} combinations of pattern, direction, timeframe and horizon were tried. **${count('edge')}** have a measurable edge after the correction for`,
    `having tried them all; ${number(count('no_measurable_edge'))} have none that can be told from chance, ${number(count('too_few_cases'))} have fewer than 30 cases. ${number(
      edges.filter(({ n, interval, baseRate }) => n >= 30 && interval[0] > baseRate).length,
    )} lie with their whole 90 % interval`,
    'above the base rate; by chance alone about one in twenty of those with enough cases would.',
    '',
    'The shares are those that were large on the last day: they had risen to be there, so base rates of rises are higher than an investor of the',
    'past could have known. Base rate and hit rate share that bias; their difference is what counts. None of this says what prices will do.',
    '',
    `Rates in per cent. Cost ${costPct} % a case, in the mean return only; prior weight ${priorWeight}.`,
    '',
    '## With a measurable edge',
    '',
    ...(found.length === 0 ? ['None.'] : table(found, true)),
    ...calibration.flatMap(calibrationSection),
    ...(['day', 'week', '60minute', '15minute'] as const).flatMap((timeframe) => section(edges, timeframe)),
    '',
  ].join('\n')
}

function section(edges: readonly Edge[], timeframe: Edge['timeframe']): string[] {
  const own = edges.filter((edge) => edge.timeframe === timeframe && edge.horizon === shownHorizon && edge.n >= 30)
  const byAdvantage = own.toSorted(
    (a, b) => b.shrunk - b.baseRate - (a.shrunk - a.baseRate) || (a.pattern < b.pattern ? -1 : 1),
  )
  const title = ['', `## ${headings[timeframe]}, ${shownHorizon} candles held`, '']
  return byAdvantage.length === 0 ? [] : [...title, ...table(byAdvantage, false)]
}

/** What records promised up to a day against what came after it. */
function calibrationSection({ timeframe, horizon, split, bins }: Calibration): string[] {
  const head = ['promised', 'happened', '90 % interval', 'usual', 'cases', 'records']
  const rows = bins.map(({ promised, hitRate, interval, usual, n, records }) => [
    ...[promised, hitRate].map((rate) => rate.toFixed(1)),
    interval === null ? 'too few spells' : interval.map((bound) => bound.toFixed(1)).join('–'),
    usual.toFixed(1),
    number(n),
    String(records),
  ])
  return [
    '',
    `## Do records hold? ${headings[timeframe]}, ${horizon} candles held`,
    '',
    `Records as they were known on ${istDate(split)}, against every case entered after that; records that promised about the same together.`,
    '',
    ...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
  ]
}

function table(edges: readonly Edge[], isMixed: boolean): string[] {
  const mixed = isMixed ? ['timeframe', 'horizon'] : []
  const head = [
    'pattern',
    'direction',
    ...mixed,
    'n',
    'hit rate',
    'base rate',
    'confidence',
    '90 % interval',
    'mean return',
    'q',
  ]
  const rows = edges.map((edge) => {
    const { pattern, direction, timeframe, horizon, n, hitRate, baseRate, shrunk, interval, meanReturnPct, q } = edge
    const where = isMixed ? [timeframe, String(horizon)] : []
    const rates = [hitRate, baseRate, shrunk].map((rate) => rate.toFixed(1))
    const spread = interval.map((bound) => bound.toFixed(1)).join('–')
    return [
      names.get(pattern) ?? pattern,
      direction,
      ...where,
      number(n),
      ...rates,
      spread,
      meanReturnPct.toFixed(2),
      q.toFixed(2),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function number(value: number): string {
  return value.toLocaleString('en-IN')
}
