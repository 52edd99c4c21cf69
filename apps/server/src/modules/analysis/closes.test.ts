import { describe, expect, it } from 'vitest'
import { testCalendar } from '../market/testing/create-test-market.ts'
import { changedTimeframes, lastCloses } from './closes.ts'
import { ist } from './testing/recorded-shares.ts'

const at = (time: string) => lastCloses(testCalendar, ist(time))

describe('the last closes', () => {
  it.each([
    ['before the first bar of a day has closed', '2021-06-09T09:29:59', '2021-06-08T15:30:00', '2021-06-08T15:30:00'],
    ['at the close of a quarter', '2021-06-09T09:30:00', '2021-06-09T09:30:00', '2021-06-08T15:30:00'],
    ['a second before the next', '2021-06-09T10:29:59', '2021-06-09T10:15:00', '2021-06-09T10:15:00'],
    ['in the last, short hour', '2021-06-09T15:29:59', '2021-06-09T15:15:00', '2021-06-09T15:15:00'],
    ['from the end of trading', '2021-06-09T15:30:00', '2021-06-09T15:30:00', '2021-06-09T15:30:00'],
    ['on a Sunday', '2021-06-13T12:00:00', '2021-06-11T15:30:00', '2021-06-11T15:30:00'],
  ])('%s', (_, time, quarter, hour) => {
    expect([at(time)['15minute'], at(time)['60minute']]).toEqual([ist(quarter), ist(hour)])
  })

  it('of days and weeks are the ends of trading', () => {
    expect(at('2021-06-09T15:29:59').day).toBe(ist('2021-06-08T15:30:00'))
    expect(at('2021-06-09T15:30:00').day).toBe(ist('2021-06-09T15:30:00'))
    expect(at('2021-06-11T15:29:59').week).toBe(ist('2021-06-04T15:30:00'))
    expect(at('2021-06-11T15:30:00').week).toBe(ist('2021-06-11T15:30:00'))
  })

  it('that differ name their timeframes, all of them at first, also when a replay begins again', () => {
    const evening = at('2021-06-09T16:00:00')
    expect(changedTimeframes(null, evening)).toEqual(['15minute', '60minute', 'day', 'week'])
    expect(changedTimeframes(evening, evening)).toEqual([])
    expect(changedTimeframes(evening, at('2021-06-09T09:15:00'))).toEqual(['15minute', '60minute', 'day'])
  })
})
