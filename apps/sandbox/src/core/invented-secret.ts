import { createHash } from 'node:crypto'

/** Returns 32 letters and digits that follow from the parts: what a sandbox hands out as a token. */
export function inventedSecret(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
