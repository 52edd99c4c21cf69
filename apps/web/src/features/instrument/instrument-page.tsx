import { useView } from '../../app/use-view.ts'
import { AnalysisCard } from './analysis-card.tsx'
import { CandlePanel } from './candle-panel.tsx'
import { FindingsCard } from './findings-card.tsx'
import { InstrumentHeader } from './instrument-header.tsx'
import { MatchesCard } from './matches-card.tsx'
import { StudyToggles } from './study-toggles.tsx'
import { useAnnotate, useDrawing, useFindings } from './use-drawing.ts'
import { useLiveQuote } from './use-live-quote.ts'

/** One instrument in depth: its candles with what was found in them, and what followed when it looked like this before. */
export function InstrumentPage() {
  const [view, change] = useView()
  const { findings } = useFindings(view)
  const { studies, toggleStudy } = useDrawing(findings)
  const annotate = useAnnotate(view, findings)
  useLiveQuote(view.instrument)
  return (
    <div className="flex flex-col gap-3">
      <h1 className="sr-only">{view.instrument}: candles and patterns</h1>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_23rem] lg:grid-rows-[auto_1fr]">
        <section aria-labelledby="instrument" className="card ages flex min-w-0 flex-col p-4">
          <InstrumentHeader key={view.instrument} instrument={view.instrument} />
          <CandlePanel annotate={annotate} className="h-96 sm:h-[36rem]">
            <StudyToggles drawn={studies} onToggle={toggleStudy} />
          </CandlePanel>
        </section>
        <div className="flex min-w-0 flex-col gap-3 lg:row-span-2">
          <FindingsCard
            key={`${view.instrument} ${view.interval}`}
            view={view}
            onDaily={() => change({ interval: 'day' })}
          />
          <AnalysisCard instrument={view.instrument} />
        </div>
        <MatchesCard view={view} />
      </div>
    </div>
  )
}
