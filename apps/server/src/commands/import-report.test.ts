import { dayMs, instrumentId, istMidnight } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import type { ImportSummary } from '../modules/imports/index.ts'
import { createImportReport } from './import-report.ts'

const summary: ImportSummary = {
  rowsRead: 1_652_582,
  rowsStored: 1_652_556,
  inserted: 1_652_550,
  replaced: 6,
  newInstruments: 491,
  suspectJumps: 36,
  newestJumps: [],
  rejects: { high_below_low: 26 },
  files: { imported: 1, unchanged: 2, skipped: 3, failed: 4 },
  aborted: false,
  seconds: 6.5,
}

function reportOn(isScreen: boolean) {
  let written = ''
  let now = 0
  const write = (text: string) => {
    written += text
  }
  const report = createImportReport({ write, isScreen, elapsedMs: () => now })
  return {
    report,
    at: (ms: number) => {
      now = ms
    },
    read: () => written,
  }
}

describe('import report', () => {
  it('shows share, rows, rate and the time left on a screen, at most ten times a second', () => {
    const { report, at, read } = reportOn(true)
    report.show({ type: 'found', files: 1, bytes: 1000 })
    at(1000)
    report.show({ type: 'progress', file: 'a', bytes: 250, rows: 200_000 })
    at(1050)
    report.show({ type: 'progress', file: 'a', bytes: 260, rows: 210_000 })
    expect(read()).toBe(`\r\x1b[2K██████${'░'.repeat(18)} 25 %  2,00,000 rows  2,00,000/s  3.0 s left`)
  })

  it('writes a line per file and no bar where nobody draws', () => {
    const { report, at, read } = reportOn(false)
    at(500)
    report.show({ type: 'progress', file: 'a', bytes: 250, rows: 5 })
    const result = { ...summary, file: 'a.csv', outcome: 'imported', format: 'ohlcv', sentence: null } as const
    report.show({ type: 'file', result })
    expect(read()).toBe('✓ a.csv  16,52,556 rows, 26 rejected  2,54,243/s\n')
  })

  it('names up to 20 of the new jumps and says where all of them are', () => {
    const jump = { instrument: instrumentId('NSE', 'ALPHAX'), source: 'eod2', previousClose: 3503.65, close: 1744.8 }
    const newestJumps = Array.from({ length: 50 }, (_, i) => ({ ...jump, time: istMidnight('2018-05-31') - i * dayMs }))
    const { report, read } = reportOn(false)
    report.finish({ ...summary, suspectJumps: 64, newestJumps })
    expect(read()).toContain(' NSE:ALPHAX 2018-05-31 3,503.65 → 1,744.80 (−50.2 %) eod2\n')
    expect(read().match(/NSE:ALPHAX/g)).toHaveLength(20)
    expect(read()).toContain('the newest 20; all: npm run jumps')
  })

  it('says nothing more about jumps when there are none', () => {
    const { report, read } = reportOn(false)
    report.finish({ ...summary, suspectJumps: 0 })
    expect(read()).not.toContain('npm run jumps')
  })

  it('sums up in Indian digit groups, rejects by reason', () => {
    const { report, read } = reportOn(false)
    report.finish(summary)
    expect(read()).toContain('rows read                  16,52,582\n')
    expect(read()).toContain('  high_below_low           26\n')
    expect(read()).toContain('1 imported, 2 unchanged, 3 skipped, 4 failed')
  })
})
