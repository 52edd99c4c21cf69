import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigurationError } from '../config.ts'
import { readCalendar } from './calendar-files.ts'

const project = fileURLToPath(new URL('../../../../data/calendar/nse.json', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'banyan-calendar-'))
const operatorFile = join(folder, 'calendar.json')

afterAll(() => rmSync(folder, { recursive: true }))

describe('the calendar of a server', () => {
  it('is the project’s own', () => {
    const calendar = readCalendar(project, join(folder, 'none.json'))
    expect([calendar.isTradingDay('2026-01-26'), calendar.isTradingDay('2026-01-27')]).toEqual([false, true])
  })

  it('takes what the operator’s file says of a day over what the project’s says', () => {
    const closed = [{ date: '2026-11-25', segments: ['NSE_CM'], name: 'Announced late', source: 'circular' }]
    writeFileSync(operatorFile, JSON.stringify({ version: '2026-11-21', hours: [], closed, special: [] }))
    const calendar = readCalendar(project, operatorFile)
    expect([calendar.isTradingDay('2026-11-25'), calendar.holidayName('2026-11-25')]).toEqual([false, 'Announced late'])
    expect(calendar.isTradingDay('2026-01-26')).toBe(false)
  })

  it.each(['{', '{"closed":[{"date":"2026-02-30"}]}'])('refuses an operator’s file that is not one: %s', (text) => {
    writeFileSync(operatorFile, text)
    expect(() => readCalendar(project, operatorFile)).toThrow(ConfigurationError)
    expect(() => readCalendar(project, operatorFile)).toThrow('calendar.json in the data folder')
  })
})
