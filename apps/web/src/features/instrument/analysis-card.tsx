import type { AnalysisReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { readableInstant } from '../../lib/ist.ts'
import { formatPercent, formatRupees } from '../../lib/numbers.ts'

/** The newest complete day: its indicators, and the score with every part of it laid open. */
export function AnalysisCard({ instrument }: { readonly instrument: string }) {
  const { analysis } = useMarketQueries()
  const query = useQuery(analysis(instrument))
  return (
    <Section id="analysis" title="The newest day">
      {query.data ? (
        <Reading reply={query.data} />
      ) : (
        <Waiting
          label="Indicators are loading"
          rows={8}
          failure="No indicators"
          problem={query.error ?? query.failureReason}
        />
      )}
    </Section>
  )
}

function Reading({ reply }: { readonly reply: AnalysisReply }) {
  const { indicators, as_of: asOf } = reply
  if (asOf === null)
    return (
      <Notice kind="empty" title="No complete day">
        Indicators appear with the first daily candles.
      </Notice>
    )
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:max-lg:grid-cols-4">
        <Stat label="RSI 14">{plain(indicators.rsi_14)}</Stat>
        <Stat label="ADX 14">{plain(indicators.adx_14)}</Stat>
        <Stat label="ATR 14">{formatRupees(indicators.atr_14)}</Stat>
        <Stat label="Change over 20 days">{formatPercent(indicators.roc_20)}</Stat>
        <Stat label="SMA 20">{formatRupees(indicators.sma_20)}</Stat>
        <Stat label="SMA 50">{formatRupees(indicators.sma_50)}</Stat>
        <Stat label="SMA 200">{formatRupees(indicators.sma_200)}</Stat>
        <Stat label="MACD less signal">{plain(indicators.macd?.histogram ?? null)}</Stat>
      </dl>
      <Score reply={reply} />
      <p className="text-xs text-muted">
        To {readableInstant(asOf)}, over {reply.candles.toLocaleString('en-IN')} days of adjusted prices.
      </p>
    </div>
  )
}

function Score({ reply: { score, sentiment, parts } }: { readonly reply: AnalysisReply }) {
  return (
    <table className="w-full text-sm">
      <caption className="pb-1 text-left">
        <span className="font-semibold">
          {score === null ? 'No score' : `${Math.round(score)} of 100, ${sentiment ?? 'not named'}`}
        </span>
        <span className="block text-xs text-muted">
          A description of the day, 0 bearish to 100 bullish, not a forecast. Its parts:
        </span>
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Share of the whole</th>
          <th scope="col">Of 100</th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ part, meaning, score: own, weight }) => (
          <tr key={part} className="border-t border-line align-top">
            <th scope="row" className="py-1 text-left font-normal">
              {partNames[part] ?? part.replaceAll('_', ' ')}
              <span className="block text-2xs text-muted">{meaning}</span>
            </th>
            <td className="px-2 py-1 text-right text-muted">{Math.round(weight * 100)}%</td>
            <td className="py-1 text-right font-medium">{own === null ? '–' : Math.round(own)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** As the indicators above are called; a part this page does not know keeps its id. */
const partNames: Readonly<Record<string, string>> = {
  patterns: 'Patterns',
  rsi_14: 'RSI 14',
  macd_histogram: 'MACD less signal',
  sma_50_distance: 'Distance from SMA 50',
  sma_200_distance: 'Distance from SMA 200',
  roc_20: 'Change over 20 days',
}

const plain = (value: number | null) => formatRupees(value)
