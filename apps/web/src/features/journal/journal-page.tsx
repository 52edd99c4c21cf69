import { Link } from '@tanstack/react-router'
import { SignedIn } from '../../app/signed-in.tsx'
import { buttonLook } from '../../components/button.tsx'
import { HideAmountsButton } from '../../components/hide-amounts-button.tsx'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { CalendarCard } from './calendar-card.tsx'
import { DraftsCard } from './drafts-card.tsx'
import { EntriesCard } from './entries-card.tsx'
import { FileCard } from './file-card.tsx'
import { JournalFilterForm } from './journal-filter-form.tsx'
import { useJournalFilter } from './journal-queries.ts'
import { StatisticsCard } from './statistics-card.tsx'

/** What was traded, why, and what came of it. */
export function JournalPage() {
  usePageTitle('Journal')
  return (
    <SignedIn what="your journal">
      <Journal />
    </SignedIn>
  )
}

function Journal() {
  const [filter] = useJournalFilter()
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Journal</h1>
        <div className="flex gap-2">
          <HideAmountsButton />
          <Link to="/journal/new" search={{}} className={buttonLook.primary}>
            New entry
          </Link>
        </div>
      </header>
      <JournalFilterForm key={JSON.stringify(filter)} />
      <StatisticsCard />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <CalendarCard />
          <EntriesCard />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <DraftsCard />
          <FileCard />
        </div>
      </div>
    </div>
  )
}
