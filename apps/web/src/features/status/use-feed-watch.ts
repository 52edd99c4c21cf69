import { useEffect, useReducer } from 'react'
import { useQuoteFeed } from '../../app/quote-feed.ts'
import { pageClock } from '../../lib/clock.ts'
import { type FeedWatch, unheard, watchFeed } from './feed-watch.ts'

/** What the stream is tried with. */
const heard = ['NSE:NIFTY 50']

/** Follows the browser's stream while the page is shown, and returns what came of it. */
export function useFeedWatch(): FeedWatch {
  const feed = useQuoteFeed()
  const [watch, note] = useReducer(watchFeed, unheard)
  useEffect(() => {
    const noteLink = () => note({ kind: 'link', link: feed.link() })
    noteLink()
    const leaveLink = feed.onLink(noteLink)
    const leave = feed.follow(heard, ({ size }) => note({ kind: 'prices', count: size, at: pageClock.now() }))
    return () => {
      leaveLink()
      leave()
    }
  }, [feed])
  return watch
}
