import type { BookReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { useStreamedPollMs } from '../../app/quote-feed.ts'
import { SignedIn } from '../../app/signed-in.tsx'
import { HideAmountsButton } from '../../components/hide-amounts-button.tsx'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { Allocation } from './allocation.tsx'
import { BrokersCard } from './brokers-card.tsx'
import { DeleteCard } from './delete-card.tsx'
import { FirstSync } from './first-sync.tsx'
import { Holdings } from './holdings.tsx'
import { ImportCard } from './import-card.tsx'
import { Live } from './live.tsx'
import { usePortfolioQueries } from './portfolio-queries.ts'
import { Positions } from './positions.tsx'
import { ReturnsCard } from './returns-card.tsx'
import { Summary } from './summary.tsx'
import { Trend } from './trend.tsx'

/** Everything a person owns, at all brokers, in one book. */
export function PortfolioPage() {
  usePageTitle('Portfolio')
  return (
    <SignedIn what="your portfolio">
      <Portfolio />
    </SignedIn>
  )
}

function Portfolio() {
  const { book } = usePortfolioQueries()
  const query = useQuery({ ...book, refetchInterval: useStreamedPollMs() })
  return (
    <div className="space-y-3">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Portfolio</h1>
        <HideAmountsButton />
      </header>
      <Loaded query={query} label="Your portfolio is loading" rows={10}>
        {(reply) => (
          <Live reply={reply} answeredAt={query.dataUpdatedAt}>
            <Book book={reply} />
          </Live>
        )}
      </Loaded>
    </div>
  )
}

function Book({ book }: { readonly book: BookReply }) {
  if (book.brokers.length === 0)
    return (
      <>
        <FirstSync />
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <BrokersCard />
          <ImportCard />
        </div>
      </>
    )
  return (
    <div className="space-y-3">
      <Summary />
      <div className="grid gap-3 lg:grid-cols-2">
        <Trend />
        <Allocation />
      </div>
      <Holdings />
      <Positions />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <ReturnsCard />
          <BrokersCard />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <ImportCard />
          <DeleteCard />
        </div>
      </div>
    </div>
  )
}
