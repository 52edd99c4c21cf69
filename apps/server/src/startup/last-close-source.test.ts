import { readFileSync } from 'node:fs'
import { createLiveClock } from '@banyan/brokers'
import { createTradingCalendar, type InstrumentId, parseCalendarData, parseTimestamp } from '@banyan/domain'
import { expect, it } from 'vitest'
import { describeQuoteSource } from '../../../../packages/brokers/src/quote-source.suite.ts'
import { createLastCloseSource } from './last-close-source.ts'

const calendar = createTradingCalendar(
  parseCalendarData(JSON.parse(readFileSync(new URL('../../../../data/calendar/nse.json', import.meta.url), 'utf8'))),
)
const at = (text: string) => parseTimestamp(`${text}+05:30`) ?? 0

const files: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  'NSE:TCS': [
    ['2026-03-11', 3_398],
    ['2026-03-10', 3_400],
    ['2026-03-09', 3_390],
  ],
  'NSE:NIFTY 50': [['2026-03-11', 24_708.28]],
  'NSE:OLD': [['2026-01-05', 10]],
}

function open(now: string) {
  const clock = createLiveClock({ now: () => at(now) })
  const source = createLastCloseSource({
    calendar,
    clock,
    candles: {
      async listDailyCloses(instrument, upTo, count) {
        const known = (files[instrument] ?? []).filter(([date]) => date <= upTo)
        return known.slice(0, count).map(([date, close]) => ({ date, close }))
      },
    },
  })
  const quote = async (id: string) =>
    (await source.fetchQuotes([id as InstrumentId], AbortSignal.timeout(1_000))).get(id as InstrumentId)
  return { source, clock, quote }
}

describeQuoteSource('the last close on file', () => ({
  ...open('2026-03-12T11:00:00'),
  known: ['NSE:TCS', 'NSE:NIFTY 50'] as InstrumentId[],
  unknown: 'NSE:NOPE' as InstrumentId,
  letPricesChange: () => undefined,
}))

it('is the close of the newest session that is over, as of its end, with the one before', async () => {
  const { quote } = open('2026-03-12T11:00:00')
  const end = at('2026-03-11T15:30:00')
  expect(await quote('NSE:TCS')).toMatchObject({
    lastPrice: 3_398,
    prevClose: 3_400,
    source: 'eod',
    asOf: end,
    receivedAt: end,
  })
  expect((await quote('NSE:NIFTY 50'))?.prevClose).toBeNull()
})

it('is not the close of a session that still runs, nor of weeks ago', async () => {
  expect(await open('2026-03-11T14:00:00').quote('NSE:TCS')).toMatchObject({ lastPrice: 3_400, prevClose: 3_390 })
  expect(await open('2026-03-12T11:00:00').quote('NSE:OLD')).toBeUndefined()
})
