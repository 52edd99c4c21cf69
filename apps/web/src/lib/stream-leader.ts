import type { StreamEvent } from '@banyan/client'
import type { FeedLink, FeedMessage, HeardQuote, HeardQuotes, QuoteFeedParts } from './feed-types.ts'
import { hearStream } from './hear-stream.ts'
import { sentenceOf } from './problem.ts'

/** The server streams so many instruments at once; the rest waits for the next poll. */
export const streamedAtMost = 500

/** Tabs that want prices say so within this time after they are asked, and followers of one page arrive together. */
const gatherMs = 60

interface LeaderParts extends Pick<QuoteFeedParts, 'open' | 'now'> {
  /** What this tab wants, and what it knows. */
  wanted(): readonly string[]
  known(): HeardQuotes
  link(): FeedLink
  onLink(link: FeedLink): void
  onQuotes(quotes: readonly (readonly [string, HeardQuote])[]): void
  /** Tells the other tabs. */
  send(message: FeedMessage): void
}

/** The tab that has the stream and tells the others what it hears. Until it leads it does nothing. */
export function createStreamLeader(parts: LeaderParts) {
  const { now, send } = parts
  const wantedByTab = new Map<string, readonly string[]>()
  let leads = false
  let streamed: ReadonlySet<string> = new Set()
  let stream: AbortController | null = null
  let gathering: ReturnType<typeof setTimeout> | undefined

  const wanted = () => [...new Set([...parts.wanted(), ...[...wantedByTab.values()].flat()])].slice(0, streamedAtMost)

  /** Nobody pays for tabs that are not there. */
  function tellOthers(message: FeedMessage): void {
    if ([...wantedByTab.values()].some(({ length }) => length > 0)) send(message)
  }

  function tellLink(link: FeedLink): void {
    parts.onLink(link)
    tellOthers({ kind: 'link', link })
  }

  function hear(event: StreamEvent): void {
    const heardAt = now()
    if (event.kind === 'beat') {
      const before = parts.link()
      const since = before.kind === 'live' ? before.since : heardAt
      tellLink({ kind: 'live', isOpen: event.is_open, mode: event.market.mode, since, beatAt: heardAt })
      return
    }
    const quotes = Object.entries(event.quotes).map(([id, quote]) => [id, { ...quote, heardAt }] as const)
    parts.onQuotes(quotes)
    tellOthers({ kind: 'quotes', quotes })
  }

  function reopen(): void {
    stream?.abort()
    const instruments = wanted()
    streamed = new Set(instruments)
    stream = new AbortController()
    const { signal } = stream
    const onBreak = (problem: Error, isOver: boolean) => {
      if (signal.aborted) return
      // Where trying again cannot help, whoever follows next makes a new start.
      if (isOver) streamed = new Set()
      const before = parts.link()
      const since = before.kind === 'lost' ? before.since : now()
      tellLink({ kind: 'lost', since, problem: sentenceOf(problem), isOver })
    }
    void hearStream({ open: () => parts.open(instruments, { signal }), onEvent: hear, onBreak }, signal)
  }

  /** Lets all who arrive at once have one stream, and opens it anew where it lacks an instrument. */
  function gather(): void {
    if (!leads || gathering !== undefined) return
    gathering = setTimeout(() => {
      gathering = undefined
      if (wanted().some((id) => !streamed.has(id))) reopen()
    }, gatherMs)
  }

  return {
    leads: () => leads,
    gather,
    lead(): void {
      leads = true
      streamed = new Set()
      send({ kind: 'ask' })
      gather()
    },
    resign(): void {
      leads = false
      stream?.abort()
      clearTimeout(gathering)
      gathering = undefined
      wantedByTab.clear()
    },
    /** Takes in what another tab wants. What the stream told already it does not tell again: that tab hears it from here. */
    answer({ tab, instruments }: Extract<FeedMessage, { kind: 'want' }>): void {
      wantedByTab.set(tab, instruments)
      gather()
      const known = instruments.flatMap((id) => {
        const quote = parts.known().get(id)
        return quote === undefined ? [] : [[id, quote] as const]
      })
      if (known.length > 0) send({ kind: 'quotes', quotes: known })
      send({ kind: 'link', link: parts.link() })
    },
  }
}
