import { streamedPollMs } from '../../app/quote-feed.ts'
import { StreamLine } from '../market/stream-line.tsx'
import { lateWords } from './late-words.ts'
import type { LiveBook } from './live-row.ts'

/** Where the prices come from, what is wrong with the way they come, and which of them lag. */
export function FeedLine({ book }: { readonly book: LiveBook }) {
  const late = lateWords(book)
  return (
    <div className="flex flex-col gap-1 text-xs">
      <StreamLine instead={`The book is asked for every ${streamedPollMs.alone / 1_000} seconds instead.`} />
      {late === null ? null : (
        <p data-late="" className="text-replay">
          <span aria-hidden="true">◷ </span>
          Older than the market: {late}
        </p>
      )}
    </div>
  )
}
