import { useEffect, useReducer } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { pageClock } from '../../lib/clock.ts'
import { hearStream } from '../../lib/hear-stream.ts'
import { type FeedWatch, unheard, watchFeed } from './feed-watch.ts'

/** What the stream is tried with. */
const heard = ['NSE:NIFTY 50']

/** Opens a stream while the page is shown, and returns what came of it. */
export function useFeedWatch(): FeedWatch {
  const { streamQuotes } = useMarketQueries()
  const [watch, note] = useReducer(watchFeed, unheard)
  useEffect(() => {
    const end = new AbortController()
    void hearStream(
      {
        open: () => streamQuotes(heard, { signal: end.signal }),
        onEvent: (event) => note({ kind: 'event', event, at: pageClock.now() }),
        onBreak: (problem, isOver) => note({ kind: 'break', problem, isOver }),
      },
      end.signal,
    )
    return () => end.abort()
  }, [streamQuotes])
  return watch
}
