import { candlestickPatterns, formationPatterns } from '@banyan/patterns'
import type { PatternCatalogue } from './analysis-face.ts'

export const patternCatalogue: PatternCatalogue = { candlesticks: candlestickPatterns, formations: formationPatterns }

const names: ReadonlyMap<string, string> = new Map(
  [...candlestickPatterns, ...formationPatterns].map(({ id, name }) => [id, name]),
)

/** Returns the name shown for an id of the catalogue; the id itself where a stored one has left the catalogue. */
export function nameOfPattern(id: string): string {
  return names.get(id) ?? id
}
