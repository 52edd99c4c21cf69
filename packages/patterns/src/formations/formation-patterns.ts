import type { FormationId } from './formation.ts'
import type { Parameter, QualityPart } from './formation-definition.ts'
import { formationRegistry } from './formation-registry.ts'

/** One formation of the catalogue: what a screen or a reader of the documentation needs to know of it. */
export interface FormationPattern {
  readonly id: FormationId
  readonly name: string
  /** `both`: it breaks or shows either way, and each find tells which. */
  readonly direction: 'bullish' | 'bearish' | 'both'
  readonly description: string
  readonly source: string
  readonly parameters: readonly FormationParameter[]
  /** What the shape quality is made of. */
  readonly quality: readonly QualityPart[]
}

export interface FormationParameter {
  readonly name: string
  readonly default: number
  readonly unit: Parameter['unit']
  readonly reason: string
}

/** The catalogue of formations, in the order of the registry. */
export const formationPatterns: readonly FormationPattern[] = formationRegistry.map((definition) => {
  const { id, name, direction, description, source, quality } = definition
  const parameters = Object.entries(definition.parameters).map(([key, { value, unit, reason }]) => ({
    name: key,
    default: value,
    unit,
    reason,
  }))
  return { id, name, direction, description, source, parameters, quality }
})
