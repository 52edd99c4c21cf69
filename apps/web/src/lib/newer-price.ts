import type { Quote } from '@banyan/client'
import type { HeardQuote } from './feed-types.ts'

type Made = Pick<Quote, 'as_of'>
type Told = Pick<HeardQuote, 'last_price' | 'as_of' | 'heardAt'>

/** Tells whether it is a price at all, and it is known when it was made. */
export const isPriced = ({ last_price, as_of }: Omit<Told, 'heardAt'>): boolean => last_price !== null && as_of !== null

/** Tells whether a price was made at the time of another, or after it. */
export const isMadeLater = (price: Made, than: Made): boolean =>
  price.as_of !== null && than.as_of !== null && Date.parse(price.as_of) >= Date.parse(than.as_of)

/** Tells whether a price of the stream takes the place of what the server told: it was heard after that, or made after that. */
export const isNewerPrice = (price: HeardQuote, told: Told): boolean =>
  !isPriced(told) || price.heardAt >= told.heardAt || isMadeLater(price, told)

/** Returns the newer of what the server told of an instrument and the stream's price of it; undefined while neither has come. */
export function newestOf(told: HeardQuote | undefined, price: HeardQuote | undefined): HeardQuote | undefined {
  if (told === undefined || price === undefined) return told ?? price
  return price.last_price !== null && isNewerPrice(price, told) ? price : told
}
