import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMarketQueries } from '../../app/market-queries.ts'
import type { View } from '../../lib/view.ts'

/** Returns what the address names a match by. */
export const likeName = ({ instrument, to }: { readonly instrument: string; readonly to: string }) =>
  `${instrument}@${to}`

/** Returns the match that the address lays over the chart, null when none, and what lays another there or takes it off. */
export function useLike(): { readonly like: string | null; readonly toggleLike: (name: string) => void } {
  const { like = null } = useSearch({ from: '/instrument/$instrument' })
  const navigate = useNavigate({ from: '/instrument/$instrument' })
  const toggleLike = (name: string) =>
    void navigate({
      search: ({ like: laid, ...before }) => (laid === name ? before : { ...before, like: name }),
      resetScroll: false,
      replace: true,
    })
  return { like, toggleLike }
}

/** Returns the closes of the past stretch that the address lays over daily candles; null while there is none or it is on its way. */
export function useOverlaidStretch(view: View, like: string | null): readonly number[] | null {
  const { matches, stretch } = useMarketQueries()
  const wanted = like !== null && view.interval === 'day' && view.adjusted
  const { data: match } = useQuery({
    ...matches(view.instrument),
    enabled: wanted,
    select: (reply) => reply.matches.find((one) => likeName(one) === like) ?? null,
  })
  const { data: closes } = useQuery({
    ...stretch(match?.instrument ?? '', match?.from ?? '', match?.to ?? ''),
    enabled: wanted && Boolean(match),
  })
  return wanted && match ? (closes ?? null) : null
}
