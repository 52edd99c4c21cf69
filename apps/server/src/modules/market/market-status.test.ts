import { createManualTime } from '@banyan/brokers/memory'
import { createReplayClock } from '@banyan/brokers/replay'
import { formatIst } from '@banyan/domain'
import { describe, expect, it } from 'vitest'
import { createTestMarket, ist, testCalendar } from './testing/create-test-market.ts'

const statusAt = (now: string) => createTestMarket(now, []).market.status()

describe('the market status', () => {
  it.each([
    ['2026-03-12T09:14:59', false, 'pre_open'],
    ['2026-03-12T09:15:00', true, 'open'],
    ['2026-03-12T15:29:59', true, 'open'],
    ['2026-03-12T15:30:00', false, 'closed'],
    ['2026-08-04T09:14:59', false, 'pre_open'],
    ['2026-08-04T09:15:00', true, 'open'],
    ['2026-08-04T15:29:59', true, 'closing_auction'],
    ['2026-08-04T15:30:00', true, 'closing_auction'],
  ])('at %s is open: %s, in phase %s', (now, isOpen, phase) => {
    expect(statusAt(now)).toMatchObject({ isOpen, phase })
  })

  it('is closed after the closing auction, at 15:35 since August 2026', () => {
    expect(statusAt('2026-08-04T15:34:59').isOpen).toBe(true)
    expect(statusAt('2026-08-04T15:35:00').isOpen).toBe(false)
  })

  it('names the holiday', () => {
    expect(statusAt('2026-01-26T11:00:00')).toMatchObject({ isOpen: false, phase: 'closed' })
    expect(statusAt('2026-01-26T11:00:00').holiday).toMatch(/republic/i)
    expect(statusAt('2026-03-12T11:00:00').holiday).toBeNull()
  })

  it('is open inside a Muhurat session, on the evening of a holiday', () => {
    const [session] = testCalendar.sessionsOf('2025-10-21')
    if (!session) throw new Error('the calendar has no hours for the Muhurat session of 2025')
    const at = (instant: number) => statusAt(formatIst(instant).slice(0, 19)).isOpen
    expect([at(session.from - 1_000), at(session.from), at(session.to - 1_000), at(session.to)]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('tells the next opening over a weekend', () => {
    expect(formatIst(statusAt('2026-03-13T16:00:00').nextOpen ?? 0)).toBe('2026-03-16T09:15:00+05:30')
  })

  it('warns when the holiday list is at its end, and says how far it reaches', () => {
    expect(statusAt('2026-03-12T11:00:00').calendarWarning).toBeNull()
    expect(statusAt('2040-03-12T11:00:00').calendarWarning).not.toBeNull()
    expect(statusAt('2040-03-12T11:00:00').calendarKnownTo).toBe(testCalendar.lastKnownDate)
  })

  it('is one object until a phase begins', () => {
    const { market, time } = createTestMarket('2026-03-12T09:14:58', [])
    const first = market.status()
    time.advance(1_999)
    expect(market.status()).toBe(first)
    time.advance(1)
    expect(market.status()).not.toBe(first)
    expect(market.status().isOpen).toBe(true)
  })

  it('passes through every phase of a day with a closing auction', () => {
    const { market, time } = createTestMarket('2026-08-04T08:59:59', [])
    const seen: string[] = []
    for (let second = 0; second < 8 * 3_600; second++) {
      const { phase } = market.status()
      if (seen.at(-1)?.slice(9) !== phase) seen.push(`${formatIst(market.now()).slice(11, 19)} ${phase}`)
      time.advance(1_000)
    }
    const phases = testCalendar
      .phasesOf('2026-08-04')
      .map(({ phase, from }) => `${formatIst(from).slice(11, 19)} ${phase}`)
    expect(seen.filter((line) => !line.endsWith('closed'))).toEqual(phases)
    expect(phases).toContain('15:15:00 closing_auction')
  })

  it('follows the recorded day in replay, where the next opening is a wall-clock instant and old lists warn of nothing', () => {
    const wall = createManualTime(ist('2040-11-24T09:14:59'))
    const marketClock = createReplayClock({ wall, date: '2021-06-09' })
    const { market } = createTestMarket('2040-11-24T09:14:59', [], { wallClock: wall, timers: wall, marketClock })
    const seen = () => {
      const { isOpen, phase, nextOpen } = market.status()
      return [isOpen, phase, formatIst(nextOpen ?? 0)]
    }
    expect(market.status()).toMatchObject({ mode: 'replay', recordedDate: '2021-06-09', calendarWarning: null })
    expect(seen()).toEqual([false, 'pre_open', '2040-11-24T09:15:00+05:30'])
    wall.advance(1_000)
    expect(seen()).toEqual([true, 'open', '2040-11-25T09:15:00+05:30'])
    wall.set(ist('2040-11-25T03:00:00'))
    expect(seen()).toEqual([false, 'closed', '2040-11-25T09:15:00+05:30'])
  })

  it('has no next opening when the replay has ended for good', () => {
    const wall = createManualTime(ist('2026-11-24T12:00:00'))
    const marketClock = createReplayClock({ wall, date: '2021-06-09', startMs: 15 * 3_600_000, loop: false })
    expect(createTestMarket('2026-11-24T12:00:00', [], { marketClock }).market.status().nextOpen).toBeNull()
  })
})
