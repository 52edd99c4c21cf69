import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Notice } from '../../../components/notice.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { forgetBrokerReturn } from '../../../lib/broker-return.ts'
import type { BrokerReturn } from '../../../lib/read-broker-return.ts'
import { ConnectWizard, ReturnProblem } from './connect-wizard.tsx'
import { handOver } from './return-channel.ts'
import type { Vendor } from './vendors.ts'

interface ReturnPageProps {
  readonly vendor: Vendor
  readonly returned: BrokerReturn
}

/** The tab the broker led back: it hands over to the one that waits, or goes on itself where none does. */
export function ReturnPage({ vendor, returned }: ReturnPageProps) {
  const [taken, setTaken] = useState<boolean | null>(null)
  useEffect(() => {
    let shown = true
    void handOver({ broker: vendor.id, returned }).then((wasTaken) => {
      forgetBrokerReturn()
      if (shown) setTaken((before) => before ?? wasTaken)
    })
    return () => {
      shown = false
    }
  }, [vendor, returned])
  if (taken === null) return <Skeleton label="The sign-in is handed over" rows={3} />
  if (taken)
    return (
      <Notice kind="empty" title="Go on in the tab you came from">
        {'claim' in returned ? `You are signed in at ${vendor.name}, and the sync has begun there.` : null} This tab can
        be closed.{' '}
        <Link to="/portfolio" className="underline">
          Or open the portfolio here
        </Link>
      </Notice>
    )
  if ('problem' in returned)
    return (
      <>
        <ReturnProblem vendor={vendor} problem={returned.problem} />
        <ConnectWizard vendor={vendor} claim={null} />
      </>
    )
  return <ConnectWizard vendor={vendor} claim={returned.claim} />
}
