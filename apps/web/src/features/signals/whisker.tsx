interface WhiskerProps {
  /** All in per cent. */
  readonly rate: number
  readonly interval: readonly [low: number, high: number] | null
  readonly usual: number | null
  /** The same for every row, so that dots can be compared. */
  readonly domain: readonly [low: number, high: number]
}

/** A measured rate as a dot, its interval as a line through it, the usual rate as a tick. Says nothing aloud: the figures stand beside it. */
export function Whisker({ rate, interval, usual, domain: [low, high] }: WhiskerProps) {
  const x = (percent: number) => `${((Math.min(high, Math.max(low, percent)) - low) / (high - low)) * 100}%`
  return (
    <svg className="h-4 w-full min-w-20 overflow-visible" aria-hidden="true">
      {usual === null ? null : (
        <line x1={x(usual)} x2={x(usual)} y1="1" y2="15" strokeWidth="1.5" className="stroke-muted" />
      )}
      {interval === null ? null : (
        <line x1={x(interval[0])} x2={x(interval[1])} y1="8" y2="8" strokeWidth="1.5" className="stroke-ink" />
      )}
      <circle cx={x(rate)} cy="8" r="3.5" className="fill-ink" />
    </svg>
  )
}
