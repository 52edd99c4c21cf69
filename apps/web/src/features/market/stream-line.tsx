import { useFeedLink } from '../../app/quote-feed.ts'
import { feedWords } from '../../lib/feed-words.ts'
import { useNow } from '../../lib/use-now.ts'

const looks = {
  opening: { sign: '○', className: 'text-muted' },
  live: { sign: '●', className: 'text-up' },
  shut: { sign: '○', className: 'text-muted' },
  lost: { sign: '✕', className: 'text-warn font-medium' },
} as const

interface StreamLineProps {
  /** What is done while the stream is lost: a sentence. */
  readonly instead: string
}

/** How the stream of prices stands. Read aloud when that changes, and not at each beat. */
export function StreamLine({ instead }: StreamLineProps) {
  const { kind, text } = feedWords(useFeedLink(), useNow(), instead)
  const { sign, className } = looks[kind]
  return (
    <p role="status" data-feed-link={kind} className={`text-xs ${kind === 'lost' ? className : 'text-muted'}`}>
      <span aria-hidden="true" className={className}>
        {sign}{' '}
      </span>
      {text}
    </p>
  )
}
