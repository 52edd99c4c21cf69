import type { CandleParts } from './measure-candles.ts'

/**
 * Averages over the ten candles before, by TA-Lib's default settings: of the bodies; a tenth of that of the ranges; half of that
 * of both shadows together.
 */
export type SizeName = 'averageBody' | 'tiny' | 'averageShadow'

/** A column of a candle compared with another one, or with one of the candle before: at the first candle that does not hold. */
export interface Comparison {
  readonly column: keyof CandleParts
  readonly sign: '>' | '<'
  readonly other: keyof CandleParts | SizeName
  readonly isOtherPrevious: boolean
}

/** A yes-or-no fact about one candle, computed once and shared by all patterns. */
export type Trait = Comparison | { readonly not: Comparison }

export const black = compare('close', '<', 'open')
export const white = not(black)

// TA-Lib's BodyLong and BodyShort are one average: a body above it is long, below it short.
export const longBody = compare('body', '>', 'averageBody')
export const notLongBody = not(longBody)
export const shortBody = compare('body', '<', 'averageBody')
export const dojiBody = not(compare('body', '>', 'tiny'))

export const tinyUpper = compare('upper', '<', 'tiny')
export const tinyLower = compare('lower', '<', 'tiny')
export const visibleUpper = compare('upper', '>', 'tiny')
export const visibleLower = compare('lower', '>', 'tiny')
export const shortUpper = compare('upper', '<', 'averageShadow')
export const shortLower = compare('lower', '<', 'averageShadow')
export const sizeableUpper = compare('upper', '>', 'averageShadow')
export const longUpper = compare('upper', '>', 'body')
export const longLower = compare('lower', '>', 'body')
export const veryLongUpper = compare('upper', '>', 'twiceBody')
export const veryLongLower = compare('lower', '>', 'twiceBody')

/** The whole body lies above (below) the body before. */
export const bodyGapsUp = compareWithPrevious('bottom', '>', 'top')
export const bodyGapsDown = compareWithPrevious('top', '<', 'bottom')
/** The whole candle, shadows included, lies above (below) the one before. */
export const gapsUp = compareWithPrevious('low', '>', 'high')
export const gapsDown = compareWithPrevious('high', '<', 'low')

export const opensHigher = compareWithPrevious('open', '>', 'open')
export const opensLower = compareWithPrevious('open', '<', 'open')
export const closesHigher = compareWithPrevious('close', '>', 'close')
export const closesLower = compareWithPrevious('close', '<', 'close')
export const higherHigh = compareWithPrevious('high', '>', 'high')
export const lowerHigh = compareWithPrevious('high', '<', 'high')
export const higherLow = compareWithPrevious('low', '>', 'low')
export const lowerLow = compareWithPrevious('low', '<', 'low')

export const higherTop = compareWithPrevious('top', '>', 'top')
export const lowerTop = compareWithPrevious('top', '<', 'top')
export const higherBottom = compareWithPrevious('bottom', '>', 'bottom')
export const lowerBottom = compareWithPrevious('bottom', '<', 'bottom')
export const noHigherTop = not(higherTop)
export const noLowerTop = not(lowerTop)
export const noHigherBottom = not(higherBottom)
export const noLowerBottom = not(lowerBottom)

export const opensAboveClose = compareWithPrevious('open', '>', 'close')
export const opensBelowClose = compareWithPrevious('open', '<', 'close')
export const opensAboveHigh = compareWithPrevious('open', '>', 'high')
export const opensBelowLow = compareWithPrevious('open', '<', 'low')

function compare(column: Comparison['column'], sign: Comparison['sign'], other: Comparison['other']): Comparison {
  return { column, sign, other, isOtherPrevious: false }
}

function compareWithPrevious(
  column: Comparison['column'],
  sign: Comparison['sign'],
  other: keyof CandleParts,
): Comparison {
  return { column, sign, other, isOtherPrevious: true }
}

function not(comparison: Comparison): Trait {
  return { not: comparison }
}
