import type { EpochMs } from '@banyan/domain'
import type { DomainFault, DomainFaultKind } from './upstream.ts'

/** The faults that were set for this vendor, as it looks at them. */
export interface VendorFaults {
  apply(fault: DomainFault, now: EpochMs): void
  isOn(kind: DomainFaultKind): boolean
  /** Counts one effect; returns false, counting nothing, when no fault of the kind lasts. */
  use(kind: DomainFaultKind): boolean
  /** Returns the instant whose prices are told: the present one, or that at which they went stale. */
  pricesAt(now: EpochMs): EpochMs
}

export function createVendorFaults(): VendorFaults {
  let held: { readonly fault: DomainFault; readonly since: EpochMs }[] = []
  const lasting = (kind: DomainFaultKind) => {
    held = held.filter(({ fault }) => fault.isOn())
    return held.filter(({ fault }) => fault.kind === kind)
  }
  return {
    apply: (fault, since) => void held.push({ fault, since }),
    isOn: (kind) => lasting(kind).length > 0,
    use: (kind) => lasting(kind)[0]?.fault.use() ?? false,
    pricesAt: (now) => lasting('stale')[0]?.since ?? now,
  }
}
