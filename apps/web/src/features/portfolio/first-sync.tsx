import { Link } from '@tanstack/react-router'
import { Notice } from '../../components/notice.tsx'

const look = 'rounded-md px-3 py-1.5 text-sm font-medium'

/** What the screen says before anything was synced. */
export function FirstSync() {
  return (
    <Notice kind="empty" title="Nothing here yet">
      <p>
        Connect a broker and what you own there appears here, priced as the market moves. Keys and codes stay in the
        server’s memory for the sync and are never stored.
      </p>
      <p className="mt-3 flex flex-wrap justify-center gap-2">
        <Link to="/portfolio/connect/$broker" params={{ broker: 'zerodha' }} className={`${look} bg-ink text-surface`}>
          Connect Zerodha
        </Link>
        <Link to="/portfolio/connect/$broker" params={{ broker: 'icici' }} className={`${look} bg-ink text-surface`}>
          Connect ICICI Direct
        </Link>
      </p>
    </Notice>
  )
}
