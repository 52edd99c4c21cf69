import { Link } from '@tanstack/react-router'
import { useView } from '../../app/use-view.ts'
import { searchOf, type View } from '../../lib/view.ts'
import { CandlePanel } from './candle-panel.tsx'
import { InstrumentHeader } from './instrument-header.tsx'

/** The chosen instrument: its price with where it comes from, and its candles. */
export function InstrumentPanel() {
  const [view] = useView()
  return (
    <section aria-labelledby="instrument" className="card ages flex min-w-0 flex-col p-4">
      <InstrumentHeader key={view.instrument} instrument={view.instrument} />
      <CandlePanel />
      <Link
        to="/instrument/$instrument"
        params={{ instrument: view.instrument }}
        search={partsOf(view)}
        className="mt-2 self-start rounded text-sm font-medium underline underline-offset-2"
      >
        Patterns, indicators and what resembles {view.instrument.slice(view.instrument.indexOf(':') + 1)}
      </Link>
    </section>
  )
}

/** On its own page the instrument stands in the path. */
function partsOf(view: View) {
  const { i: _instrument, ...parts } = searchOf(view)
  return parts
}
