import type { CandlesReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { PatternInterval } from '../../app/analysis-queries.ts'
import { useMarketQueries } from '../../app/market-queries.ts'
import { type InstrumentSearch, type Study, studiesOf, toggled } from '../../lib/instrument-search.ts'
import type { View } from '../../lib/view.ts'
import {
  averageLines,
  type ChartAnnotations,
  formationLines,
  markersOf,
  overlaidStretch,
  strengthLine,
} from './chart-annotations.ts'
import { defaultShown, type Finding, rankFindings } from './findings.ts'
import { useLike, useOverlaidStretch } from './use-overlaid-stretch.ts'

const searched: readonly PatternInterval[] = ['15minute', '60minute', 'day', 'week']

/** Returns the interval on which the server looks for patterns; null where it does not. */
export const patternInterval = (view: View): PatternInterval | null =>
  searched.find((interval) => interval === view.interval) ?? null

/** Returns what was found for the view, ranked, with the answer it came in. */
export function useFindings(view: View) {
  const { patternsOf } = useMarketQueries()
  const interval = patternInterval(view)
  const query = useQuery({ ...patternsOf(view.instrument, interval ?? 'day'), enabled: interval !== null })
  const findings = useMemo(() => (query.data ? rankFindings(query.data) : []), [query.data])
  return { query, findings }
}

/** Returns what the address draws on the chart, and how to change it. */
export function useDrawing(findings: readonly Finding[]) {
  const search = useSearch({ from: '/instrument/$instrument' })
  const navigate = useNavigate({ from: '/instrument/$instrument' })
  const set = (part: InstrumentSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), resetScroll: false, replace: true })
  const shown = search.show === undefined ? defaultShown(findings) : search.show.split(',').filter(Boolean)
  const studies = studiesOf(search.with)
  return {
    shown,
    studies,
    toggleFinding: (key: string) => set({ show: toggled(shown, key) }),
    showOnly: (keys: readonly string[]) => set({ show: keys.join(',') }),
    toggleStudy: (study: Study) => {
      const list = toggled(studies, study)
      void navigate({
        search: ({ with: _with, ...before }) => (list === '' ? before : { ...before, with: list }),
        resetScroll: false,
        replace: true,
      })
    },
  }
}

/** Returns what draws the address's findings, studies and past stretch on candles. */
export function useAnnotate(view: View, findings: readonly Finding[]): (reply: CandlesReply) => ChartAnnotations {
  const { shown, studies } = useDrawing(findings)
  const { like } = useLike()
  const stretch = useOverlaidStretch(view, like)
  const foundOn = patternInterval(view)
  const [keys, names] = [shown.join(','), studies.join(',')]
  return useCallback(
    ({ candles, adjusted, interval }) => {
      // Patterns are found in adjusted prices; on others their anchors would hang in the air.
      const drawn = adjusted && interval === foundOn ? findings.filter(({ key }) => keys.split(',').includes(key)) : []
      const lines = studiesOf(names)
      return {
        markers: markersOf(
          drawn.filter((one) => one.kind === 'candlestick'),
          candles,
        ),
        lines: [
          ...averageLines(lines, candles),
          ...formationLines(
            drawn.filter((one) => one.kind === 'formation'),
            candles,
          ),
          ...(stretch === null ? [] : [overlaidStretch(stretch, candles)]),
        ],
        oscillator: lines.includes('rsi14') ? strengthLine(candles) : null,
      }
    },
    [foundOn, findings, keys, names, stretch],
  )
}
