import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMarketQueries } from './market-queries.ts'

/** The notice of the API, and the attributions that the licences of chart and data ask for. */
export function Footer() {
  const { snapshot } = useMarketQueries()
  const { data } = useQuery({ ...snapshot, select: ({ disclaimer, market }) => ({ disclaimer, mode: market.mode }) })
  return (
    <footer className="mt-2 flex flex-col gap-2 border-t border-line py-4 text-xs text-muted">
      {data ? <p data-disclaimer="">{data.disclaimer}</p> : null}
      {data?.mode === 'replay' ? (
        <p>
          The replayed market is compiled by third parties and bundled under licences of its own, apart from Banyan’s
          Apache-2.0: daily candles by <Out href="https://github.com/BennyThadikaran/eod2">eod2</Out> and recorded ticks
          by <Out href="https://github.com/ShabbirHasan1/NSE-Data">NSE-Data</Out> (GPL-3.0), SENSEX by{' '}
          <Out href="https://github.com/habibsain/Index-Option">Index-Option</Out> (MIT). Prices originate from NSE and
          BSE.
        </p>
      ) : null}
      <nav aria-label="About this server" className="-my-1 flex flex-wrap gap-x-4">
        <Link to="/status" className="py-1 pointer-coarse:py-3 underline underline-offset-2 hover:text-ink">
          Status
        </Link>
        <Link
          to="/developers"
          search={{}}
          className="py-1 pointer-coarse:py-3 underline underline-offset-2 hover:text-ink"
        >
          Developers
        </Link>
        <Out href="/docs" isAlone>
          API documentation
        </Out>
        <Out href="/api/health" isAlone>
          Health
        </Out>
        <Out href="https://www.tradingview.com/" isAlone>
          Charts by TradingView Lightweight Charts™
        </Out>
      </nav>
    </footer>
  )
}

interface OutProps {
  readonly href: string
  /** Not within a sentence: it is given the height that a finger needs. */
  readonly isAlone?: boolean
  readonly children: ReactNode
}

function Out({ href, isAlone = false, children }: OutProps) {
  return (
    <a
      href={href}
      className={`underline underline-offset-2 hover:text-ink ${isAlone ? 'py-1 pointer-coarse:py-3' : ''}`}
    >
      {children}
    </a>
  )
}
