import { addDays, type EpochMs, istDate, istMidnight } from '@banyan/domain'
import { inventedSecret } from '../core/invented-secret.ts'
import type { IciciApp } from './icici-options.ts'

/** The codes people come back with from the login page. */
export interface SignInCodes {
  issue(app: IciciApp, userId: string, now: EpochMs): string
  /** Returns whose code it is, once; null for a code that was used, is of an earlier day or of another app. */
  redeem(code: string, app: IciciApp, now: EpochMs): string | null
}

export function createSignInCodes(seed: number): SignInCodes {
  const codes = new Map<string, { readonly apiKey: string; readonly userId: string; readonly endsAt: EpochMs }>()
  let issued = 0
  return {
    issue({ apiKey }, userId, now) {
      const code = inventedSecret('icici/code', seed, apiKey, userId, issued++)
      codes.set(code, { apiKey, userId, endsAt: nextMidnight(now) })
      return code
    },
    redeem(code, { apiKey }, now) {
      const found = codes.get(code)
      if (found?.apiKey !== apiKey) return null
      codes.delete(code)
      return now < found.endsAt ? found.userId : null
    },
  }
}

/** Returns the next 00:00 IST, when codes and sessions end. */
export function nextMidnight(now: EpochMs): EpochMs {
  return istMidnight(addDays(istDate(now), 1))
}
