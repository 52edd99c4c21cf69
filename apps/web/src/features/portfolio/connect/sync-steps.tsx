import type { BrokerSyncReply } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { buttonLook } from '../../../components/button.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { readableMinute } from '../../../lib/ist.ts'
import { StepCard } from './step-card.tsx'
import type { Vendor } from './vendors.ts'

export function SyncingStep({ vendor }: { readonly vendor: Vendor }) {
  return (
    <StepCard number={3} title={`Reading your book at ${vendor.name}`}>
      <p className="text-sm text-muted">It takes up to 25 seconds. On any error what was synced before stays.</p>
      <Skeleton label={`Holdings and positions of ${vendor.name} are read`} rows={3} />
    </StepCard>
  )
}

interface SyncedStepProps {
  readonly vendor: Vendor
  readonly reply: BrokerSyncReply
  /** What went wrong after the sync itself. */
  readonly note: string | null
}

export function SyncedStep({ vendor, reply, note }: SyncedStepProps) {
  return (
    <StepCard number={3} title={`${vendor.name} ${reply.broker_account} is synced`}>
      <ul className="text-sm">
        <li>{count(reply.holdings_count, 'holding')}</li>
        <li>{count(reply.net_positions_count, 'open net position')}</li>
        <li>{count(reply.day_positions_count, 'open day position')}</li>
      </ul>
      <p className="text-xs text-muted">{readableMinute(reply.synced_at)}</p>
      {[...reply.warnings, ...(note === null ? [] : [note])].map((warning) => (
        <p key={warning} className="rounded-md bg-replay-soft px-3 py-2 text-sm text-replay">
          {warning}
        </p>
      ))}
      <p>
        <Link to="/portfolio" className={buttonLook.primary}>
          See the portfolio
        </Link>
      </p>
    </StepCard>
  )
}

const count = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`
