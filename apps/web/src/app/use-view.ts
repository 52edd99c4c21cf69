import { useNavigate, useSearch } from '@tanstack/react-router'
import { defaultRange, parseSearch, searchOf, type View, viewOf } from '../lib/view.ts'

/**
 * Returns the view of the address and a function that changes parts of it; a new interval opens with its own range.
 * It also works above the route, in the header, and leads from a page that does not exist back to the overview.
 */
export function useView(): [View, (change: Partial<View>) => void] {
  const view = viewOf(parseSearch({ ...useSearch({ strict: false }) }))
  const navigate = useNavigate()
  const change = (part: Partial<View>) => {
    const range = part.interval && !part.range ? { range: defaultRange(part.interval) } : {}
    void navigate({ to: '/', search: searchOf({ ...view, ...part, ...range }), resetScroll: false })
  }
  return [view, change]
}
