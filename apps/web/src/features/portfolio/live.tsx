import type { BookReply } from '@banyan/client'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { useQuoteFeed } from '../../app/quote-feed.ts'
import { streamedAtMost } from '../../lib/stream-leader.ts'
import { type BookStore, createBookStore } from './book-store.ts'
import { openBook } from './live-book.ts'
import type { LiveBook, LiveGroup } from './live-row.ts'

const BookContext = createContext<BookStore | null>(null)

interface LiveProps {
  readonly reply: BookReply
  /** When the server answered, in epoch milliseconds. */
  readonly answeredAt: number
  readonly children: ReactNode
}

/** Prices the book of the last answer by the stream, for all that is shown below. */
export function Live({ reply, answeredAt, children }: LiveProps) {
  const feed = useQuoteFeed()
  const [store] = useState(() => createBookStore(openBook(reply, answeredAt, feed.quotes())))
  useLayoutEffect(() => {
    if (store.answered().answeredAt !== answeredAt) store.replace(openBook(reply, answeredAt, feed.quotes()))
  }, [store, reply, answeredAt, feed])
  const wanted = instrumentsOf(reply)
  useEffect(
    // A new answer is of the same instruments as a rule: the stream goes on.
    () => (wanted === '' ? undefined : feed.follow(wanted.split('\n'), store.hear)),
    [feed, store, wanted],
  )
  return <BookContext value={store}>{children}</BookContext>
}

/**
 * Returns the instruments a line each, in an order that no price changes. Where there are more than can be streamed, those of the least value
 * wait for the next answer.
 */
function instrumentsOf({ groups }: BookReply): string {
  const instruments = groups.flatMap(({ rows }) => rows.flatMap(({ instrument }) => instrument ?? []))
  return [...new Set(instruments)].slice(0, streamedAtMost).toSorted().join('\n')
}

function useBookStore(): BookStore {
  const store = useContext(BookContext)
  if (!store) throw new Error('Live is missing above this component.')
  return store
}

/** Returns the book as of now; whoever uses it renders at each price. */
export function useBook(): LiveBook {
  const store = useBookStore()
  return useSyncExternalStore(store.onBook, store.book)
}

/** Returns the book as it was when the server answered last, for what stays as it is until it answers again. */
export function useAnsweredBook(): LiveBook {
  const store = useBookStore()
  return useSyncExternalStore(store.onAnswer, store.answered)
}

/** Returns the book as it was at most `paceMs` ago, for what is dear to render. */
export function usePacedBook(paceMs: number): LiveBook {
  const store = useBookStore()
  const [, setSeen] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = store.onBook(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        setSeen((count) => count + 1)
      }, paceMs)
    })
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [store, paceMs])
  return store.book()
}

/** Renders when a price changes the group, and not with the table around it. Nothing where the book has no such group. */
export function OfGroup({ of, children }: OfGroupProps) {
  const group = useGroup(of)
  return group === null ? null : children(group)
}

interface OfGroupProps {
  /** Key of the group. */
  readonly of: string
  readonly children: (group: LiveGroup) => ReactNode
}

/** Returns the group as of now; null where the book has none of that key. */
export function useGroup(key: string): LiveGroup | null {
  const store = useBookStore()
  const subscribe = useMemo(() => (changed: () => void) => store.onGroup(key, changed), [store, key])
  return useSyncExternalStore(subscribe, () => store.group(key))
}

/** Renders at each price with the whole book. */
export function OfBook({ children }: { readonly children: (book: LiveBook) => ReactNode }) {
  return children(useBook())
}
