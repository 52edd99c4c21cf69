import type { BookReply } from '@banyan/client'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import type { AllocationBy } from '../../lib/portfolio-search.ts'
import { AllocationBars } from './allocation-bars.tsx'
import { AllocationMap } from './allocation-map.tsx'
import { dayMovePercent, pricedRow } from './book-tables.ts'
import { usePortfolioSearch } from './portfolio-queries.ts'
import { type Slice, slicesOf } from './slices.ts'

const ways: readonly { readonly value: AllocationBy; readonly label: string; readonly name: string }[] = [
  { value: 'holding', label: 'Holding', name: 'By holding' },
  { value: 'sector', label: 'Sector', name: 'By sector' },
  { value: 'broker', label: 'Broker', name: 'By broker' },
]

/** Where the value lies. What has no price is in no share, and said. */
export function Allocation({ book }: { readonly book: BookReply }) {
  const [{ by = 'holding' }, change] = usePortfolioSearch()
  const slices = slicesBy[by](book)
  return (
    <Section
      id="allocation"
      title="Allocation"
      aside={<Choice label="Allocation" options={ways} value={by} onChange={(value) => change({ by: value })} />}
    >
      {slices.length === 0 ? (
        <Notice kind="empty" title="Nothing owned has a price">
          Shares are shown as soon as a source prices what you own.
        </Notice>
      ) : by === 'holding' ? (
        <AllocationMap slices={slices} />
      ) : (
        <AllocationBars slices={slices} />
      )}
    </Section>
  )
}

const slicesBy: Readonly<Record<AllocationBy, (book: BookReply) => readonly Slice[]>> = {
  holding: ({ groups }) =>
    slicesOf(
      groups.map((group) => ({
        name: group.symbol,
        value: group.current_value,
        instrument: group.instrument,
        dayPercent: dayMovePercent(pricedRow(group)),
      })),
    ),
  sector: ({ groups }) =>
    slicesOf(groups.map(({ sector, current_value: value }) => ({ name: sector ?? 'Sector not known', value }))),
  broker: ({ brokers }) =>
    slicesOf(
      brokers.map((part) => ({
        name: brokerAccountName(part.broker, part.broker_account),
        value: part.current_value,
      })),
    ),
}
