import type { PatternsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { horizonWords } from '../../lib/edge-words.ts'
import { readableDate } from '../../lib/ist.ts'
import type { SignalsSearch } from '../../lib/signals-search.ts'
import { CalibrationPlot } from './calibration-plot.tsx'
import { type Calibration, heldCounts } from './calibration-scale.ts'
import { CalibrationTable } from './calibration-table.tsx'

/** Whether records hold: what they said up to a day, against what happened to the same patterns after it. */
export function CalibrationCard({ search }: { readonly search: SignalsSearch }) {
  const { catalogue } = useMarketQueries()
  const query = useQuery(catalogue)
  return (
    <Section id="calibration" title="Do records hold?">
      {query.data ? (
        <Calibrated reply={query.data} timeframe={search.timeframe ?? '1d'} />
      ) : (
        <Waiting
          label="The calibration is loading"
          rows={12}
          failure="No calibration"
          problem={query.error ?? query.failureReason}
        />
      )}
    </Section>
  )
}

interface CalibratedProps {
  readonly reply: PatternsReply
  readonly timeframe: Calibration['timeframe']
}

function Calibrated({ reply: { calibration, measured }, timeframe }: CalibratedProps) {
  if (measured === null)
    return (
      <Notice kind="empty" title="Nothing is measured yet">
        The first measurement runs a minute or two after the start. This page fills by itself.
      </Notice>
    )
  const found = calibration.find((one) => one.timeframe === timeframe)
  if (!found)
    return (
      <Notice kind="empty" title="Not tested on these candles">
        Only days and weeks reach back far enough for two parts, and their history may still be too short. The next
        measurement tries again.
      </Notice>
    )
  const { promised, usual, told } = heldCounts(found.bins)
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-muted">
        Records as they were known on {readableDate(found.split_at.slice(0, 10))}, against every case entered after that
        and held for {horizonWords(found.horizon)}. Records that promised about the same are put together.{' '}
        <span className="font-semibold text-ink">
          {told === 0
            ? 'There are too few cases to tell.'
            : `The 90% interval holds what was promised in ${promised} of ${told} groups, the usual rate in ${usual}.`}
        </span>
      </p>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <CalibrationPlot bins={found.bins} />
        <CalibrationTable bins={found.bins} />
      </div>
    </div>
  )
}
