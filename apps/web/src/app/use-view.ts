import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { type InstrumentSearch, parseInstrumentSearch } from '../lib/instrument-search.ts'
import { defaultRange, parseSearch, searchOf, type View, viewOf } from '../lib/view.ts'

/**
 * Returns the view of the address and a function that changes parts of it; a new interval opens with its own range. On the overview the
 * view changes in place; anywhere else, as in the header above a portfolio, it leads to the instrument's own page.
 */
export function useView(): [View, (change: Partial<View>) => void] {
  const { instrument } = useParams({ strict: false })
  const search: Record<string, unknown> = { ...useSearch({ strict: false }) }
  const view = viewOf(parseSearch(instrument === undefined ? search : { ...search, i: instrument }))
  const isOverview = useRouterState({ select: ({ location }) => location.pathname === '/' })
  const navigate = useNavigate()
  const change = (part: Partial<View>) => {
    const range = part.interval && !part.range ? { range: defaultRange(part.interval) } : {}
    const next = { ...view, ...part, ...range }
    if (isOverview) return void navigate({ to: '/', search: searchOf(next), resetScroll: false })
    const { i: _instrument, ...parts } = searchOf(next)
    void navigate({
      to: '/instrument/$instrument',
      params: { instrument: next.instrument },
      search: { ...parts, ...drawnStill(search, part) },
      resetScroll: part.instrument !== undefined,
    })
  }
  return [view, change]
}

/** What is drawn belongs to one instrument and one interval; only the studies go along to others. */
function drawnStill(search: Record<string, unknown>, { instrument, interval }: Partial<View>): InstrumentSearch {
  const { with: studies, show, like } = parseInstrumentSearch(search)
  return {
    ...(studies === undefined ? {} : { with: studies }),
    ...(instrument !== undefined || interval !== undefined || show === undefined ? {} : { show }),
    ...(instrument !== undefined || interval !== undefined || like === undefined ? {} : { like }),
  }
}
