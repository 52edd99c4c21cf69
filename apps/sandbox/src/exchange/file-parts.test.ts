import { dateOfDayNumber, dayNumberOf, istMidnight, parseTradingDate, type TradingCalendar } from '@banyan/domain'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvText } from './csv-text.ts'
import { datedZip } from './dated-zip.ts'
import { dayFileAt } from './file-names.ts'
import { sessionUnder } from './publication.ts'
import { joinSpelledDate, spelledDate } from './spelled-date.ts'
import { plannedExpiry } from './udiff.ts'

const dates = fc.integer({ min: dayNumberOf('2000-01-01'), max: dayNumberOf('2099-12-31') }).map(dateOfDayNumber)

describe('spelled dates', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const [day = '', month = '', year = ''] = spelledDate(date).split('-')
        expect(joinSpelledDate(year, month.toUpperCase(), day)).toBe(date)
      }),
    )
    expect(joinSpelledDate('2026', 'FOO', '01')).toBeNull()
  })
})

describe('CSV', () => {
  it('is read back cell by cell, whatever is in them', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('a,b', '"', 'line\nbreak', ''))
    const table = fc
      .integer({ min: 1, max: 6 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      )
    fc.assert(
      fc.property(table, (rows) => {
        // One empty cell is an empty line.
        fc.pre(rows.every((row) => row.length > 1 || row[0] !== ''))
        const { data } = Papa.parse<string[]>(csvText(rows), { delimiter: ',', newline: '\n' })
        expect(data.slice(0, -1)).toEqual(rows)
      }),
    )
  })
})

describe('a zip', () => {
  it('is the same in every zone and every second', () => {
    const zone = process.env['TZ']
    const zips = ['UTC', 'Asia/Kolkata', 'America/New_York'].map((name) => {
      process.env['TZ'] = name
      return datedZip({ 'a.csv': Buffer.from('x') }, '2026-03-12').toString('hex')
    })
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(new Set(zips).size).toBe(1)
    expect(Object.keys(unzipSync(Buffer.from(zips[0] ?? '', 'hex')))).toEqual(['a.csv'])
  })
})

describe('file names', () => {
  it('name the date they are of, or none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (day, month) => {
        const [d, m] = [day, month].map((part) => String(part).padStart(2, '0'))
        const date = parseTradingDate(`2026-${m}-${d}`)
        const expected = date && { format: 'sec_bhavdata_full', date }
        expect(dayFileAt(`/products/content/sec_bhavdata_full_${d}${m}2026.csv`)).toEqual(expected)
      }),
    )
    expect(dayFileAt('/content/historical/EQUITIES/2024/JUL/cm05JUN2024bhav.csv.zip')).toBeNull()
    expect(dayFileAt('/content/historical/EQUITIES/2024/XYZ/cm05XYZ2024bhav.csv.zip')).toBeNull()
  })
})

describe('publication', () => {
  it('waits for the end of a session in the evening', () => {
    const date = '2026-11-08'
    const session = { from: istMidnight(date) + 18 * 3_600_000, to: istMidnight(date) + 19 * 3_600_000 }
    const calendar = { sessionOf: (asked: string) => (asked === date ? session : null) } as TradingCalendar
    const at = (hours: number) => istMidnight(date) + hours * 3_600_000
    const under = (hours: number) => sessionUnder(date, at(hours), calendar, { repeatsOnHolidays: true })
    expect([under(18), under(19.49), under(19.5)]).toEqual([null, null, date])
  })
})

describe('the planned expiry', () => {
  it('is the weekday the exchange ends contracts on, the same day or the next such', () => {
    expect(plannedExpiry('2026-09-22', 'NFO')).toBe('2026-09-22')
    expect(plannedExpiry('2026-11-09', 'NFO')).toBe('2026-11-10')
    expect(plannedExpiry('2026-09-23', 'BFO')).toBe('2026-09-24')
  })
})
