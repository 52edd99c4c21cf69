import { type EpochMs, formatIst } from '@banyan/domain'

export function istOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : formatIst(instant)
}
