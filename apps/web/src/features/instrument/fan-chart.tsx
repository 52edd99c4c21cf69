import type { MatchesReply } from '@banyan/client'
import { bandPath, fanScale, quantilePath } from '../../lib/fan.ts'

const box = { width: 320, height: 150 } as const

/** What followed the matches as a fan, and what follows any day as dashes: the fan means something only where it leaves them. */
export function FanChart({ followed, base }: Pick<MatchesReply, 'followed' | 'base'>) {
  const scale = fanScale([...followed, ...base], box.width, box.height)
  return (
    <figure>
      <svg
        viewBox={`-4 -10 ${box.width + 44} ${box.height + 32}`}
        role="img"
        aria-label="Change after the matches against the change after any day; the table below has its figures"
        className="w-full"
      >
        {scale.ticks.map((percent) => (
          <g key={percent}>
            <line
              x1="0"
              x2={box.width}
              y1={scale.y(percent)}
              y2={scale.y(percent)}
              className={percent === 0 ? 'stroke-muted' : 'stroke-line'}
              strokeWidth="0.75"
            />
            <text x={box.width + 4} y={scale.y(percent) + 3} className="fill-muted text-[12px] xl:text-[9px]">
              {percent > 0 ? '+' : percent < 0 ? '−' : ''}
              {Math.abs(percent)}%
            </text>
          </g>
        ))}
        <path d={bandPath(followed, ['p10', 'p90'], scale)} className="fill-replay/15" />
        <path d={bandPath(followed, ['p25', 'p75'], scale)} className="fill-replay/25" />
        <path d={quantilePath(followed, 'p50', scale)} fill="none" strokeWidth="1.75" className="stroke-replay" />
        {(['p10', 'p50', 'p90'] as const).map((quantile) => (
          <path
            key={quantile}
            d={quantilePath(base, quantile, scale)}
            fill="none"
            strokeWidth="1"
            strokeDasharray="3 3"
            className="stroke-muted"
          />
        ))}
        {followed.map(({ bars }) => (
          <text
            key={bars}
            x={scale.x(bars)}
            y={box.height + 18}
            textAnchor="middle"
            className="fill-muted text-[12px] xl:text-[9px]"
          >
            {bars}
          </text>
        ))}
      </svg>
      <figcaption className="text-xs text-muted">
        Trading days from now. Filled: the middle 80 and 50 of 100 matches, the line their median. Dashed: the same of
        any day (10, 50 and 90 of 100).
      </figcaption>
    </figure>
  )
}
