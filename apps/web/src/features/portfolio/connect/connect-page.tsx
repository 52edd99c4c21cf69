import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { SignedIn } from '../../../app/signed-in.tsx'
import { Notice } from '../../../components/notice.tsx'
import { brokerName } from '../../../lib/broker-names.ts'
import { lastBrokerReturn } from '../../../lib/broker-return.ts'
import { usePageTitle } from '../../../lib/use-page-title.ts'
import { ConnectWizard } from './connect-wizard.tsx'
import { ReturnPage } from './return-page.tsx'
import { vendorOf } from './vendors.ts'

/** Where a broker is connected, and where its redirect comes back to. */
export function ConnectPage() {
  const { broker } = useParams({ from: '/portfolio/connect/$broker' })
  const [returned] = useState(lastBrokerReturn)
  usePageTitle(`Connect ${brokerName(broker)}`)
  const vendor = vendorOf(broker)
  if (vendor === null)
    return (
      <Notice kind="failed" title="No such broker">
        <Link to="/portfolio" className="underline">
          Go to the portfolio
        </Link>
      </Notice>
    )
  return (
    <SignedIn what="your portfolio">
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-3">
        <header>
          <Link to="/portfolio" className="text-sm text-muted underline-offset-2 hover:underline">
            ‹ Portfolio
          </Link>
          <h1 className="text-xl font-semibold tracking-tight">Connect {vendor.name}</h1>
        </header>
        {returned === null ? (
          <ConnectWizard vendor={vendor} claim={null} />
        ) : (
          <ReturnPage vendor={vendor} returned={returned} />
        )}
      </div>
    </SignedIn>
  )
}
