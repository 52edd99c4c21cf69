import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Loaded } from '../../app/loaded.tsx'
import { Gain } from '../../components/amount.tsx'
import { Section } from '../../components/section.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { pageClock } from '../../lib/clock.ts'
import { daysBefore, istDate, readableDate } from '../../lib/ist.ts'
import { directionOf } from '../../lib/numbers.ts'
import { type CalendarDay, calendarStart, calendarWeeks } from './calendar-days.ts'
import { type CalendarEntries, useJournalFilter, useJournalQueries } from './journal-queries.ts'

/** What a year's days brought, by the day of the exit. */
export function CalendarCard() {
  const [{ symbol, tag }] = useJournalFilter()
  const { calendar } = useJournalQueries()
  const today = istDate(pageClock.now())
  // A trade of the year may have been opened in the one before.
  const from = daysBefore(calendarStart(today), 365)
  const query = useQuery(
    calendar({ ...(symbol === undefined ? {} : { symbol }), ...(tag === undefined ? {} : { tag }), from }),
  )
  return (
    <Section
      id="calendar"
      title="Days"
      aside={<span className="text-xs text-muted">by the day of the exit, one year</span>}
    >
      <Loaded query={query} label="The calendar is loading" rows={4}>
        {(found) => <CalendarOf found={found} today={today} />}
      </Loaded>
    </Section>
  )
}

function CalendarOf({ found, today }: { readonly found: CalendarEntries; readonly today: string }) {
  const scroller = useRef<HTMLElement>(null)
  // On a phone the year is wider than the screen, and the newest days are what one looks for.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth
  }, [])
  const weeks = calendarWeeks(found.entries, today)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={scroller} aria-label="Days of the year" tabIndex={0} className="overflow-x-auto rounded p-0.5">
        <div className="flex w-max min-w-full gap-[3px]">
          {weeks.map((week, i) => (
            <div key={week[0]?.date} className="flex flex-1 flex-col gap-[3px]">
              <span className="h-4 w-0 whitespace-nowrap text-2xs text-muted">{monthOf(weeks, i)}</span>
              {week.map((day) => (
                <Day key={day.date} day={day} />
              ))}
            </div>
          ))}
        </div>
      </section>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-muted">
        <Key className={grounds.up} sign="+" text="gain" />
        <Key className={grounds.down} sign={'\u2212'} text="loss" />
        <Key className={grounds.flat} sign="·" text="even, or no exit price" />
        <span>A frame marks the days of more than half the largest.</span>
        {found.isCut ? (
          <span className="text-warn">Only the newest {found.entries.length} entries are in it.</span>
        ) : null}
      </p>
    </>
  )
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Returns the month a week begins, above the first week that lies in it. */
function monthOf(weeks: readonly (readonly CalendarDay[])[], week: number): string {
  const month = (i: number) => weeks[i]?.[0]?.date.slice(5, 7)
  return week > 0 && month(week) !== month(week - 1) ? (months[Number(month(week)) - 1] ?? '') : ''
}

const grounds = { up: 'bg-up-soft', down: 'bg-down-soft', flat: 'bg-line' } as const
const signs = { up: '+', down: '\u2212', flat: '·' } as const
const look = 'grid h-4 w-full min-w-4 place-items-center rounded-[3px] text-2xs leading-none text-ink'

function Day({ day: { date, trades, pnl, share } }: { readonly day: CalendarDay }) {
  if (trades === 0) return <span className={`${look} bg-raised`} />
  const direction = directionOf(pnl)
  return (
    <Tooltip
      content={
        <>
          <p className="font-semibold">{readableDate(date)}</p>
          <p>
            <Gain value={pnl} /> of {trades} {trades === 1 ? 'trade' : 'trades'}
          </p>
        </>
      }
    >
      <button
        type="button"
        data-day={date}
        aria-label={`${readableDate(date)}: ${trades} closed, ${words[direction]}`}
        className={`${look} ${grounds[direction]} ${share > 0.5 ? 'font-bold ring-1 ring-inset ring-current' : ''}`}
      >
        {signs[direction]}
      </button>
    </Tooltip>
  )
}

const words = { up: 'a gain', down: 'a loss', flat: 'even or without a price' } as const

function Key({ className, sign, text }: { readonly className: string; readonly sign: string; readonly text: string }) {
  return (
    <span className="flex items-center gap-1">
      <span aria-hidden="true" className={`grid size-4 place-items-center rounded-[3px] text-ink ${className}`}>
        {sign}
      </span>
      {text}
    </span>
  )
}
