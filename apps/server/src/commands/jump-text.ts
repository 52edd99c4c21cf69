import { istDate } from '@banyan/domain'
import type { ListedJump } from '../modules/imports/index.ts'

/** Lakh and crore, as everywhere in the product. Adjusted prices of old years have more than two decimals. */
const price = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 4 })
const percent = new Intl.NumberFormat('en-IN', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'always',
})

/** Returns `NSE:ALPHAX 2018-05-31 3,503.65 → 1,744.80 (−50.2 %) eod2`. */
export function jumpText({ instrument, source, time, previousClose, close }: ListedJump): string {
  const change = percent.format((close / previousClose - 1) * 100).replace('-', '−')
  return `${instrument} ${istDate(time)} ${price.format(previousClose)} → ${price.format(close)} (${change} %) ${source}`
}
