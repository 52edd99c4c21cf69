import { type BitColumn, createBits, keepWhere, listBits, setFrom, writeWhere } from './bit-column.ts'
import type { CandlestickForm, CandlestickPattern } from './candlestick-pattern.ts'
import type { Candles } from './measure-candles.ts'
import { createTraitColumns, type TraitColumns } from './trait-columns.ts'

/** What patterns share while one series is scanned: measures and memory. */
export interface Workspace {
  readonly candles: Candles
  readonly traits: TraitColumns
  readonly fitting: BitColumn
  readonly indices: Int32Array
}

export function createWorkspace(candles: Candles): Workspace {
  const { length } = candles.open
  return {
    candles,
    traits: createTraitColumns(candles),
    fitting: createBits(length),
    indices: new Int32Array(length),
  }
}

/** Returns a pattern's value per candle. */
export function scanPattern(workspace: Workspace, pattern: CandlestickPattern, penetration: number): Int16Array {
  const { candles, fitting, indices } = workspace
  const values = new Int16Array(indices.length)
  for (const { shape, value, when } of pattern.forms) {
    matchShape(workspace, pattern, shape)
    if (when === undefined) {
      writeWhere(values, fitting, value)
      continue
    }
    const count = listBits(fitting, indices)
    for (let k = 0; k < count; k++) {
      const i = indices[k] ?? 0
      if (when(candles, i, penetration)) values[i] = value
    }
  }
  pattern.aftermath?.follow(candles, values)
  return values.fill(0, 0, pattern.lookBack)
}

/**
 * Sets the bits at which a shape fits. As TA-Lib's running totals for the candle `ago` before the current one begin at candle
 * look-back − ago, so do the averages behind that candle's traits.
 */
function matchShape(workspace: Workspace, pattern: CandlestickPattern, shape: CandlestickForm['shape']): void {
  const { traits, fitting, indices } = workspace
  setFrom(fitting, pattern.lookBack - (pattern.aftermath?.length ?? 0), indices.length)
  let ago = shape.length
  for (const wanted of shape) {
    ago--
    for (const trait of wanted) keepWhere(fitting, traits(trait, pattern.lookBack - ago), ago)
  }
}
