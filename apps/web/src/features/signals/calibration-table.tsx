import type { CalibrationBin } from './calibration-scale.ts'

const counts = new Intl.NumberFormat('en-IN')
const rate = (percent: number) => percent.toFixed(1)

/** The figures behind the plot. */
export function CalibrationTable({ bins }: { readonly bins: readonly CalibrationBin[] }) {
  return (
    <table className="w-full self-start text-sm">
      <caption className="sr-only">What records promised and what happened later, of 100 cases</caption>
      <thead className="text-xs text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            Promised
          </th>
          <th scope="col" className="px-1 py-1 text-right font-medium">
            Happened
          </th>
          <th scope="col" className="px-1 py-1 text-right font-medium">
            Usual
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Cases
          </th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ promised, hit_rate, interval, usual, n, records }) => (
          <tr key={promised} className="border-t border-line">
            <th scope="row" className="py-1 text-left font-normal">
              {rate(promised)}
              <span className="block text-2xs text-muted">
                {records} {records === 1 ? 'record' : 'records'}
              </span>
            </th>
            <td className="px-1 py-1 text-right">
              {rate(hit_rate)}
              <span className="block text-2xs text-muted">
                {interval === null ? 'too few spells' : interval.map(rate).join(' to ')}
              </span>
            </td>
            <td className="px-1 py-1 text-right text-muted">{rate(usual)}</td>
            <td className="py-1 text-right">{counts.format(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
