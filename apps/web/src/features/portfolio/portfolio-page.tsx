import type { BookReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { SignedIn } from '../../app/signed-in.tsx'
import { HideAmountsButton } from '../../components/hide-amounts-button.tsx'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { Allocation } from './allocation.tsx'
import { BrokersCard } from './brokers-card.tsx'
import { DeleteCard } from './delete-card.tsx'
import { FirstSync } from './first-sync.tsx'
import { Holdings } from './holdings.tsx'
import { ImportCard } from './import-card.tsx'
import { bookPollMs, usePortfolioQueries } from './portfolio-queries.ts'
import { Positions } from './positions.tsx'
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
  const query = useQuery({ ...book, refetchInterval: bookPollMs })
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Portfolio</h1>
        <HideAmountsButton />
      </header>
      <Loaded query={query} label="Your portfolio is loading" rows={10}>
        {(data) => <Book book={data} answeredAt={query.dataUpdatedAt} />}
      </Loaded>
    </div>
  )
}

function Book({ book, answeredAt }: { readonly book: BookReply; readonly answeredAt: number }) {
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
    <div className="flex flex-col gap-3">
      <Summary book={book} />
      <div className="grid gap-3 lg:grid-cols-2">
        <Trend />
        <Allocation book={book} />
      </div>
      <Holdings book={book} answeredAt={answeredAt} />
      <Positions />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <BrokersCard />
        <div className="flex min-w-0 flex-col gap-3">
          <ImportCard />
          <DeleteCard />
        </div>
      </div>
    </div>
  )
}
