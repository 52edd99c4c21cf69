import { Amount } from '../../components/amount.tsx'
import { formatRupees } from '../../lib/numbers.ts'
import type { Slice } from './slices.ts'

/** Shares as bars, the largest filling its line. */
export function AllocationBars({ slices }: { readonly slices: readonly Slice[] }) {
  const largest = slices[0]?.percent ?? 100
  return (
    <ul className="flex flex-col gap-2.5">
      {slices.map(({ name, value, percent }) => (
        <li key={name} className="text-sm">
          <span className="flex items-baseline justify-between gap-3">
            <span className="truncate">{name}</span>
            <span className="whitespace-nowrap">
              <span className="text-xs text-muted">
                <Amount value={value} />
              </span>{' '}
              <span className="inline-block w-16 text-right font-medium">{`${formatRupees(percent)}%`}</span>
            </span>
          </span>
          <span aria-hidden="true" className="mt-1 block h-2 rounded-sm bg-raised">
            <span className="block h-full rounded-sm bg-focus" style={{ width: `${(percent / largest) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
