import { useSearch } from '@tanstack/react-router'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { CalibrationCard } from './calibration-card.tsx'
import { CatalogueCard } from './catalogue-card.tsx'
import { FilterForm } from './filter-form.tsx'
import { SignalsCard } from './signals-card.tsx'

/** Which patterns were completed lately on any instrument, and what each has been worth so far. */
export function SignalsPage() {
  usePageTitle('Signals')
  const search = useSearch({ from: '/signals' })
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-xl font-semibold tracking-tight">Signals</h1>
      <FilterForm search={search} />
      <SignalsCard search={search} />
      <div className="grid items-start gap-3 xl:grid-cols-2">
        <CatalogueCard search={search} />
        <CalibrationCard search={search} />
      </div>
    </div>
  )
}
