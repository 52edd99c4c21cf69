import { readableDate } from '../../../lib/ist.ts'
import { type MoveStep, stepLooks } from '../../../lib/move-step.ts'
import { formatUnits } from '../../../lib/numbers.ts'
import type { MapContent } from './map-content.ts'

const steps: readonly { readonly step: MoveStep; readonly label: string; readonly said: string }[] = [
  { step: 'down3', label: '≤ −3', said: '3 and more down' },
  { step: 'down2', label: '≤ −1', said: '1 to 3 down' },
  { step: 'down1', label: '< 0', said: 'less than 1 down' },
  { step: 'flat', label: '0', said: 'unchanged' },
  { step: 'up1', label: '> 0', said: 'less than 1 up' },
  { step: 'up2', label: '≥ 1', said: '1 to 3 up' },
  { step: 'up3', label: '≥ 3', said: '3 and more up' },
]

/** What area and colour mean, and what is not on the map. */
export function MapCaption({ content }: { readonly content: MapContent }) {
  const { session } = content
  return (
    <div className="mt-3 flex flex-wrap items-start justify-between gap-x-8 gap-y-2 text-xs text-muted">
      <div className="flex max-w-[52rem] flex-col gap-0.5">
        <p>
          Area: value traded{session === null ? '' : ` on ${readableDate(session)}`} (units × last price), of sectors
          and of the shares within each. Colour and sign: change since the last close. A sector’s figure: the mean
          change of its shares shown, weighted by value traded.
        </p>
        <p>{countsOf(content)}</p>
      </div>
      <Legend />
    </div>
  )
}

function countsOf({ shares, tradedCount, withoutVolumeCount: without }: MapContent): string {
  const shown = formatUnits(shares.length)
  const which =
    shares.length < tradedCount
      ? `The ${shown} of ${formatUnits(tradedCount)} traded shares with the largest value.`
      : `All ${shown} traded shares.`
  if (without === 0) return which
  return `${which} ${formatUnits(without)} more ${without === 1 ? 'has a price, but its source tells' : 'have a price, but their source tells'} no volume, or none was traded.`
}

function Legend() {
  return (
    <div>
      <p id="map-steps" className="mb-0.5">
        Change, per cent
      </p>
      <ul aria-labelledby="map-steps" className="flex overflow-hidden rounded-sm">
        {steps.map(({ step, label, said }) => (
          <li key={step} className={`w-10 py-0.5 text-center text-2xs ${stepLooks[step]}`}>
            <span aria-hidden="true">{label}</span>
            <span className="sr-only">{said}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
