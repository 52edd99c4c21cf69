import { useFeedLink } from '../../app/quote-feed.ts'
import { useNow } from '../../lib/use-now.ts'
import { feedWords, lateWords } from './feed-words.ts'
import type { LiveBook } from './live-row.ts'
import { bookPollMs } from './portfolio-queries.ts'

const looks = {
  opening: { sign: '○', className: 'text-muted' },
  live: { sign: '●', className: 'text-up' },
  shut: { sign: '○', className: 'text-muted' },
  lost: { sign: '✕', className: 'text-warn font-medium' },
} as const

/** Where the prices come from, what is wrong with the way they come, and which of them lag. */
export function FeedLine({ book }: { readonly book: LiveBook }) {
  const late = lateWords(book)
  return (
    <div className="flex flex-col gap-1 text-xs">
      <Link />
      {late === null ? null : (
        <p data-late="" className="text-replay">
          <span aria-hidden="true">◷ </span>
          Older than the market: {late}
        </p>
      )}
    </div>
  )
}

/** Read aloud when it changes, and not at each beat. */
function Link() {
  const { kind, text } = feedWords(useFeedLink(), useNow(), bookPollMs.alone)
  const { sign, className } = looks[kind]
  return (
    <p role="status" data-feed-link={kind} className={kind === 'lost' ? className : 'text-muted'}>
      <span aria-hidden="true" className={className}>
        {sign}{' '}
      </span>
      {text}
    </p>
  )
}
