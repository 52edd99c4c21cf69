import type { FileResult, ImportEvent, ImportSummary } from '../modules/imports/index.ts'
import { jumpText } from './jump-text.ts'

export interface ReportOutput {
  write(text: string): void
  /** True when the output is a screen that can draw over its last line. */
  readonly isScreen: boolean
  /** Milliseconds since an arbitrary start. */
  elapsedMs(): number
}

/** Shows an import while it runs and its summary at the end. */
export interface ImportReport {
  show(event: ImportEvent): void
  finish(summary: ImportSummary): void
}

const barWidth = 24
const redrawMs = 100
/** Lakh and crore, as everywhere in the product. */
const digits = new Intl.NumberFormat('en-IN')

export function createImportReport(output: ReportOutput): ImportReport {
  const started = output.elapsedMs()
  let total = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  const clearLine = () => {
    if (output.isScreen) output.write('\r\x1b[2K')
  }
  const draw = (event: Extract<ImportEvent, { type: 'progress' }>) => {
    const now = output.elapsedMs()
    if (!output.isScreen || now - drawnAt < redrawMs) return
    drawnAt = now
    clearLine()
    output.write(progressLine(event, total, now - started))
  }
  return {
    show(event) {
      if (event.type === 'found') total = event.bytes
      else if (event.type === 'progress') draw(event)
      else if (event.type === 'file') {
        clearLine()
        output.write(`${fileLine(event.result)}\n`)
      }
    },
    finish(summary) {
      clearLine()
      output.write(`\n${summaryTable(summary)}\n`)
    },
  }
}

function progressLine(event: Extract<ImportEvent, { type: 'progress' }>, total: number, elapsedMs: number): string {
  const share = total === 0 ? 0 : Math.min(1, event.bytes / total)
  const full = Math.round(share * barWidth)
  const rate = Math.round(event.rows / Math.max(0.001, elapsedMs / 1000))
  const left = share > 0.01 ? `${duration((elapsedMs / share - elapsedMs) / 1000)} left` : ''
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  return `${bar} ${Math.floor(share * 100)} %  ${digits.format(event.rows)} rows  ${digits.format(rate)}/s  ${left}`
}

function fileLine(result: FileResult): string {
  const name = result.file.length > 60 ? `…${result.file.slice(-59)}` : result.file
  if (result.outcome === 'unchanged') return `= ${name}  imported before`
  if (result.outcome !== 'imported')
    return `${result.outcome === 'failed' ? '✗' : '-'} ${name}  ${result.sentence ?? ''}`
  const rejected = result.rowsRead - result.rowsStored
  const rate = digits.format(Math.round(result.rowsRead / Math.max(0.001, result.seconds)))
  const parts = [
    `${digits.format(result.rowsStored)} rows`,
    ...(rejected > 0 ? [`${digits.format(rejected)} rejected`] : []),
  ]
  return `✓ ${name}  ${parts.join(', ')}  ${rate}/s`
}

function summaryTable(summary: ImportSummary): string {
  const { files } = summary
  const rate = Math.round(summary.rowsRead / Math.max(0.001, summary.seconds))
  const rows: [string, string][] = [
    [
      'files',
      `${files.imported} imported, ${files.unchanged} unchanged, ${files.skipped} skipped, ${files.failed} failed`,
    ],
    ['rows read', digits.format(summary.rowsRead)],
    [
      'rows stored',
      `${digits.format(summary.rowsStored)} (${digits.format(summary.inserted)} new, ${digits.format(summary.replaced)} changed)`,
    ],
    ['rows rejected', digits.format(summary.rowsRead - summary.rowsStored)],
    ...Object.entries(summary.rejects).map(([reason, count]): [string, string] => [
      `  ${reason}`,
      digits.format(count),
    ]),
    ['new instruments', digits.format(summary.newInstruments)],
    [
      'unexplained jumps',
      `${digits.format(summary.suspectJumps)} new (daily steps over 40 % without a known factor; not repaired)`,
    ],
    ...jumpRows(summary),
    ['time', `${duration(summary.seconds)}, ${digits.format(rate)} rows/s`],
  ]
  if (summary.aborted)
    rows.push(['interrupted', 'finished files stay, the last one was rolled back; run the same command again'])
  return rows.map(([name, value]) => `${name.padEnd(26)} ${value}`).join('\n')
}

/** The newest of an import; the rest of a long list would push its own summary off the screen. */
const jumpsShown = 20

function jumpRows({ suspectJumps, newestJumps }: ImportSummary): [string, string][] {
  if (suspectJumps === 0) return []
  const shown = newestJumps.slice(0, jumpsShown)
  const more = suspectJumps > shown.length ? `the newest ${shown.length}; ` : ''
  return [
    ...shown.map((jump): [string, string] => ['', jumpText(jump)]),
    ['', `${more}all: npm run jumps; each instrument's: unexplained_jumps in /api/candles/<instrument>`],
  ]
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
