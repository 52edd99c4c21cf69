import type { BookReply } from '@banyan/client'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import type { AllocationBy } from '../../lib/portfolio-search.ts'
import { AllocationBars } from './allocation-bars.tsx'
import { AllocationMap } from './allocation-map.tsx'
import { dayMovePercent, pricedRow } from './book-tables.ts'
import { useBook, usePacedBook } from './live.tsx'
import { usePortfolioSearch } from './portfolio-queries.ts'
import { type Slice, slicesOf } from './slices.ts'

const ways: readonly { readonly value: AllocationBy; readonly label: string; readonly name: string }[] = [
  { value: 'holding', label: 'Holding', name: 'By holding' },
  { value: 'sector', label: 'Sector', name: 'By sector' },
  { value: 'broker', label: 'Broker', name: 'By broker' },
]

/** Where the value lies. What has no price is in no share, and said. */
export function Allocation() {
  const [{ by = 'holding' }, change] = usePortfolioSearch()
  return (
    <Section
      id="allocation"
      title="Allocation"
      aside={<Choice label="Allocation" options={ways} value={by} onChange={(value) => change({ by: value })} />}
    >
      {by === 'holding' ? <ByHolding /> : <Bars by={by} />}
    </Section>
  )
}

/** A map that is laid out at each price would never stand still. */
const mapPaceMs = 2_000

function ByHolding() {
  const slices = slicesBy.holding(usePacedBook(mapPaceMs))
  return slices.length === 0 ? <NothingPriced /> : <AllocationMap slices={slices} />
}

function Bars({ by }: { readonly by: AllocationBy }) {
  const slices = slicesBy[by](useBook())
  return slices.length === 0 ? <NothingPriced /> : <AllocationBars slices={slices} />
}

function NothingPriced() {
  return (
    <Notice kind="empty" title="Nothing owned has a price">
      Shares are shown as soon as a source prices what you own.
    </Notice>
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
