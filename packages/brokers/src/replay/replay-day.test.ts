import { readFileSync } from 'node:fs'
import { createTradingCalendar, type InstrumentId, istMidnight, parseCalendarData } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createReplayDay, type FollowedInstrument } from './replay-day.ts'
import { parseTickCsv } from './tick-csv.ts'

const calendarFile = new URL('../../../../data/calendar/nse.json', import.meta.url)
const calendar = createTradingCalendar(parseCalendarData(JSON.parse(readFileSync(calendarFile, 'utf8'))))
const date = '2021-06-09'
const halfPastThree = 55_800_000
const endOf = (day: string) => istMidnight(day) + halfPastThree

async function place(closes: FollowedInstrument['closes'], id = 'NSE:TCS') {
  const { ticks } = await parseTickCsv(['symbol,timestamp,ltp,volume\nTCS,09:16:00,100,1\nLONELY,09:16:00,5,1\n'])
  const followed = [{ id: id as InstrumentId, hasVolume: true, closes }]
  const day = createReplayDay({ date, calendar, ticks, followed })
  return { day, placed: day.instruments.find((instrument) => instrument.id === id) }
}

describe('a replayed day', () => {
  it('places the closes of the day, the session before, and the one before that', async () => {
    const { placed } = await place([
      { date, close: 103 },
      { date: '2021-06-08', close: 102 },
      { date: '2021-06-07', close: 101 },
    ])
    expect(placed).toMatchObject({
      close: { price: 103, asOf: endOf(date) },
      previous: { price: 102, asOf: endOf('2021-06-08') },
      prevClose: 102,
      beforePrevious: 101,
    })
  })

  it('goes over a weekend', async () => {
    const { placed } = await place([
      { date: '2021-06-07', close: 101 },
      { date: '2021-06-04', close: 100 },
    ])
    expect(placed).toMatchObject({ previous: { price: 101, asOf: endOf('2021-06-07') }, beforePrevious: 100 })
  })

  it('never compares over a session whose row is missing', async () => {
    const { placed } = await place([
      { date, close: 103 },
      { date: '2021-06-04', close: 100 },
      { date: '2021-06-02', close: 98 },
    ])
    expect(placed).toMatchObject({
      close: { price: 103 },
      prevClose: null,
      previous: { price: 100, asOf: endOf('2021-06-04') },
      beforePrevious: null,
    })
  })

  it('follows instruments without ticks after those with ticks, and replays ticks nobody follows', async () => {
    const { day, placed } = await place([{ date: '2021-06-08', close: 52_000 }], 'BSE:SENSEX')
    expect(day.instruments.map((instrument) => instrument.id)).toEqual(['NSE:TCS', 'NSE:LONELY', 'BSE:SENSEX'])
    expect(day.instruments[1]).toMatchObject({ previous: null, prevClose: null, close: null })
    expect(placed).toMatchObject({ previous: { price: 52_000, asOf: endOf('2021-06-08') }, close: null })
  })

  it('takes no close that stands on another price basis than the ticks', async () => {
    const afterSplit = [
      { date, close: 10.3 },
      { date: '2021-06-08', close: 10.2 },
      { date: '2021-06-07', close: 10.1 },
    ]
    const unknown = { previous: null, beforePrevious: null, prevClose: null, close: null }
    expect((await place(afterSplit)).placed).toMatchObject(unknown)
  })

  it('knows no close of a later date', async () => {
    expect((await place([{ date: '2021-06-10', close: 104 }])).placed).toMatchObject({ previous: null, close: null })
  })
})
