import { useHiddenAmounts } from '../lib/hidden-amounts.ts'
import { directionOf, formatChange, formatRupees, formatUnits } from '../lib/numbers.ts'

/** Rupees, or dots while amounts are hidden. */
export function Amount({ value }: { readonly value: number | null }) {
  return useHiddenAmounts() ? <HiddenDigits /> : <span className="whitespace-nowrap">{formatRupees(value)}</span>
}

/** Units held, or dots while amounts are hidden. */
export function Units({ value }: { readonly value: number | null }) {
  return useHiddenAmounts() ? <HiddenDigits /> : <span className="whitespace-nowrap">{formatUnits(value)}</span>
}

const looks = { up: 'text-up', down: 'text-down', flat: 'text-muted' } as const

/** A gain or loss in rupees: colour and sign say the same, and both stay while the digits are hidden. */
export function Gain({ value }: { readonly value: number | null }) {
  const hidden = useHiddenAmounts()
  const direction = directionOf(value)
  return (
    <span className={`whitespace-nowrap font-medium ${looks[direction]}`}>
      {hidden ? (
        <>
          {direction === 'flat' ? '' : formatChange(value).charAt(0)}
          <HiddenDigits />
        </>
      ) : (
        formatChange(value)
      )}
    </span>
  )
}

/** What stands in the place of digits that are hidden; to stand where a figure is read aloud. */
export function HiddenDigits() {
  return (
    <>
      <span aria-hidden="true" className="tracking-widest">
        ••••
      </span>
      <span className="sr-only">hidden</span>
    </>
  )
}
