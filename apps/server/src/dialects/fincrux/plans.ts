import type { KeysReply } from '@banyan/contracts'
import type { Plan } from '../../modules/identity/index.ts'

interface PlanLimits {
  /** Data calls per window; null: as many as one likes. */
  readonly limit: number | null
  /** `day` is the IST calendar day, `minute` any 60 s. */
  readonly window: 'day' | 'minute' | null
  /** Calls with `force_update=true` per IST day, beside the limit; null: as many as one likes. */
  readonly forcedPerDay: number | null
}

/** What each plan allows (fincrux.md §5). */
const planLimits = {
  hobby: { limit: 5, window: 'day', forcedPerDay: 5 },
  plus: { limit: 10, window: 'minute', forcedPerDay: 5 },
  unlimited: { limit: null, window: null, forcedPerDay: null },
} as const satisfies Record<Plan, PlanLimits>

/** Nothing spends a data call yet: counting begins with the first data route of fincrux.md §6, and until then this is the count. */
export const nothingSpent = { data_calls: 0, force_updates: 0 } as const

/** Returns what a plan leaves. With nothing counted there is nothing to be given back at a time. */
export function toPlan(name: Plan): KeysReply['plan'] {
  const { limit, window, forcedPerDay } = planLimits[name]
  const used = nothingSpent.data_calls
  return { name, limit, window, used, remaining: limit, resets_at: null, force_updates_left: forcedPerDay }
}
