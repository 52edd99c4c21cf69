import { type CalibrationBin, calibrationScale } from './calibration-scale.ts'

const side = 260

/** Each group of records: what they promised to the right, what happened upwards. On the diagonal a promise held. */
export function CalibrationPlot({ bins }: { readonly bins: readonly CalibrationBin[] }) {
  const { low, high, ticks } = calibrationScale(bins)
  const x = (percent: number) => ((percent - low) / (high - low)) * side
  const y = (percent: number) => side - x(percent)
  return (
    <figure className="mx-auto w-full max-w-md">
      <svg
        viewBox={`-30 -8 ${side + 42} ${side + 44}`}
        role="img"
        aria-label="What records promised against what happened later; the table beside it has the figures"
        className="w-full"
      >
        {ticks.map((percent) => (
          <g key={percent} className="fill-muted text-[10px]">
            <line x1="0" x2={side} y1={y(percent)} y2={y(percent)} className="stroke-line" strokeWidth="0.75" />
            <line x1={x(percent)} x2={x(percent)} y1="0" y2={side} className="stroke-line" strokeWidth="0.75" />
            <text x="-6" y={y(percent) + 3.5} textAnchor="end">
              {percent}
            </text>
            <text x={x(percent)} y={side + 14} textAnchor="middle">
              {percent}
            </text>
          </g>
        ))}
        <line x1="0" x2={side} y1={side} y2="0" className="stroke-muted" strokeWidth="1" strokeDasharray="4 3" />
        {bins.map(({ promised, hit_rate, usual, interval }) => (
          <g key={promised}>
            <line
              x1={x(promised) - 7}
              x2={x(promised) + 7}
              y1={y(usual)}
              y2={y(usual)}
              className="stroke-muted"
              strokeWidth="1.5"
            />
            {interval === null ? null : (
              <line
                x1={x(promised)}
                x2={x(promised)}
                y1={y(interval[0] ?? hit_rate)}
                y2={y(interval[1] ?? hit_rate)}
                className="stroke-replay"
                strokeWidth="1.5"
              />
            )}
            <circle cx={x(promised)} cy={y(hit_rate)} r="3.5" className="fill-replay" />
          </g>
        ))}
        <text x={side / 2} y={side + 30} textAnchor="middle" className="fill-muted text-[10px]">
          promised before, of 100
        </text>
      </svg>
      <figcaption className="text-xs text-muted">
        Upwards: how many of 100 moved that way later, with the 90% interval. On the dashed line a promise held. The
        short line is what any candle did then.
      </figcaption>
    </figure>
  )
}
