import type { FeedLink, HeardQuote, QuoteFeed, QuoteFeedParts } from './feed-types.ts'
import { createFollowers } from './followers.ts'
import { createStreamLeader } from './stream-leader.ts'

/** Returns a feed whose stream is that of the tab the peers elect. */
export function createQuoteFeed({ open, peers, now, onFrame }: QuoteFeedParts): QuoteFeed {
  const followers = createFollowers<HeardQuote>(onFrame)
  const listeners = new Set<() => void>()
  let link: FeedLink = { kind: 'opening' }
  let leaving: AbortController | null = null

  const setLink = (next: FeedLink) => {
    link = next
    for (const changed of listeners) changed()
  }
  const leader = createStreamLeader({
    ...{ open, now, send: peers.send, link: () => link, onLink: setLink },
    ...{ wanted: followers.wanted, known: followers.known, onQuotes: followers.hear },
  })
  const follows = () => followers.wanted().length > 0
  const want = () => peers.send({ kind: 'want', tab: peers.tab, instruments: followers.wanted() })

  peers.onMessage((message) => {
    if (message.kind === 'want') {
      if (leader.leads()) leader.answer(message)
    } else if (!follows()) return
    else if (message.kind === 'ask') want()
    else if (leader.leads()) return
    else if (message.kind === 'link') setLink(message.link)
    else followers.hear(message.quotes)
  })

  function leave(): void {
    if (follows()) return
    want()
    leaving?.abort()
    leaving = null
    // Whoever follows next must not take how it stood now for how it stands then.
    setLink({ kind: 'opening' })
  }

  return {
    quotes: followers.known,
    link: () => link,
    onLink(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    follow(instruments, hear) {
      const forget = followers.add(instruments, hear)
      if (leaving === null) {
        leaving = new AbortController()
        void peers.lead(leader.lead, leader.resign, leaving.signal)
      }
      want()
      leader.gather()
      return () => {
        forget()
        leave()
      }
    },
  }
}
