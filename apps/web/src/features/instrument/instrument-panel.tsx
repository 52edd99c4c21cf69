import { useView } from '../../app/use-view.ts'
import { CandlePanel } from './candle-panel.tsx'
import { InstrumentHeader } from './instrument-header.tsx'

/** The chosen instrument: its price with where it comes from, and its candles. */
export function InstrumentPanel() {
  const [view] = useView()
  return (
    <section aria-labelledby="instrument" className="card ages flex min-w-0 flex-col p-4">
      <InstrumentHeader key={view.instrument} instrument={view.instrument} />
      <CandlePanel />
    </section>
  )
}
