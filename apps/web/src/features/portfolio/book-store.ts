import type { HeardQuotes } from '../../lib/feed-types.ts'
import { repriceBook } from './live-book.ts'
import type { LiveBook, LiveGroup } from './live-row.ts'

type Listener = () => void

/** A book for components: each hears of the group it shows, of the book, or of answers of the server, and of nothing else. */
export interface BookStore {
  book(): LiveBook
  /** Returns the book as it was when the server answered last. */
  answered(): LiveBook
  /** Returns the group; null where the book has none of that key. */
  group(key: string): LiveGroup | null
  onBook(changed: Listener): () => void
  onAnswer(changed: Listener): () => void
  onGroup(key: string, changed: Listener): () => void
  hear(quotes: HeardQuotes): void
  /** Takes the book of a new answer. Groups in which it says nothing new stay the same objects. */
  replace(next: LiveBook): void
}

export function createBookStore(opened: LiveBook): BookStore {
  let [book, answered] = [opened, opened]
  let groups = new Map(book.groups.map((group) => [group.key, group]))
  const [ofBook, ofAnswers] = [new Set<Listener>(), new Set<Listener>()]
  const ofGroup = new Map<string, Set<Listener>>()

  /** Tells whoever shows a group that is not what it was. */
  function change(next: LiveBook): void {
    if (next === book) return
    const before = groups
    book = next
    groups = new Map(next.groups.map((group) => [group.key, group]))
    for (const key of new Set([...before.keys(), ...groups.keys()]))
      if (before.get(key) !== groups.get(key)) for (const listener of ofGroup.get(key) ?? []) listener()
    for (const listener of ofBook) listener()
  }

  return {
    book: () => book,
    answered: () => answered,
    group: (key) => groups.get(key) ?? null,
    onBook: (listener) => join(ofBook, listener),
    onAnswer: (listener) => join(ofAnswers, listener),
    onGroup(key, listener) {
      const listeners = ofGroup.get(key) ?? new Set()
      ofGroup.set(key, listeners)
      return join(listeners, listener)
    },
    hear: (quotes) => change(repriceBook(book, quotes)),
    replace(next) {
      const kept = next.groups.map((group) => {
        const known = groups.get(group.key)
        return known !== undefined && textOf(known) === textOf(group) ? known : group
      })
      answered = { ...next, groups: kept }
      change(answered)
      for (const listener of ofAnswers) listener()
    },
  }
}

/** Everything that is shown of a group; how old its prices are is reckoned from when they came. */
const textOf = (group: LiveGroup): string =>
  JSON.stringify(group, (name, value: unknown) => (unshown.has(name) ? undefined : value))

const unshown = new Set(['age_ms', 'heardAt', 'told'])

function join(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
