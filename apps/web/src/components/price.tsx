import type { ComponentProps } from 'react'
import { formatRupees } from '../lib/numbers.ts'
import { HiddenDigits } from './amount.tsx'

interface PriceButtonProps extends Omit<ComponentProps<'button'>, 'value' | 'title'> {
  readonly title: string
  readonly value: number | null
  /** True while it is shown as dots, read aloud as hidden, and its source and age alone are told. */
  readonly hidden?: boolean
}

/** A price whose source and age are one hover or one focus away. The rest of its properties are those of a tooltip’s trigger. */
export function PriceButton({ title, value, hidden = false, ...trigger }: PriceButtonProps) {
  const said = hidden ? 'price hidden, source and age' : `${formatRupees(value)}, source and age`
  return (
    <button
      type="button"
      {...trigger}
      aria-label={`${title}: ${value === null ? 'no price' : said}`}
      className="whitespace-nowrap rounded underline decoration-line decoration-dotted underline-offset-4"
    >
      {hidden && value !== null ? <HiddenDigits /> : formatRupees(value)}
    </button>
  )
}
