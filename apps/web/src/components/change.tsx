import { directionOf, formatChange, formatPercent } from '../lib/numbers.ts'

const looks = { up: 'text-up', down: 'text-down', flat: 'text-muted' } as const

/** A change in per cent, and before it the one in rupees or points where it is known; colour and sign say the same. */
export function Change({ percent, points }: { readonly percent: number | null; readonly points?: number | null }) {
  if (percent === null) return <span className="text-muted">No previous close</span>
  return (
    <span className={`whitespace-nowrap font-medium ${looks[directionOf(percent)]}`}>
      {points === undefined || points === null ? null : <>{formatChange(points)} </>}
      {points === undefined || points === null ? formatPercent(percent) : `(${formatPercent(percent)})`}
    </span>
  )
}
