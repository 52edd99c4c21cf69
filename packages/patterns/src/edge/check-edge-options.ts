import { PatternInputError } from '../pattern-input-error.ts'
import type { EdgeOptions } from './edge-table.ts'

export function checkEdgeOptions({ horizons, costPct, priorWeight, asOf }: EdgeOptions): void {
  if (horizons.length === 0) throw new PatternInputError('horizons must name at least one')
  for (const horizon of horizons)
    if (!Number.isInteger(horizon) || horizon < 1)
      throw new PatternInputError('horizons must be whole numbers of candles from 1 on')
  if (new Set(horizons).size < horizons.length) throw new PatternInputError('horizons must not repeat')
  if (!(costPct >= 0 && costPct < Number.POSITIVE_INFINITY)) throw new PatternInputError('costPct must be 0 or more')
  if (priorWeight !== undefined && !(priorWeight > 0 && priorWeight < Number.POSITIVE_INFINITY))
    throw new PatternInputError('priorWeight must be above 0')
  if (asOf !== undefined && !Number.isFinite(asOf)) throw new PatternInputError('asOf must be a time in epoch ms')
}
