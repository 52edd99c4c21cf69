import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { MarketBadge } from '../features/market/market-badge.tsx'
import { ReplayBanner } from '../features/market/replay-banner.tsx'
import { ServerNotice } from '../features/market/server-notice.tsx'
import { SearchBox } from '../features/search/search-box.tsx'
import { Footer } from './footer.tsx'
import { Keyboard } from './keyboard.tsx'
import { Logo } from './logo.tsx'
import { MainNav } from './main-nav.tsx'
import { pollMs, useMarketQueries } from './market-queries.ts'
import { PersonCorner } from './person-corner.tsx'
import { ThemeButton } from './theme-button.tsx'

/** What surrounds every screen: header, what kind of market this is, whether the server answers, and the footer. */
export function Shell() {
  usePolledSnapshot()
  return (
    <div className="mx-auto flex min-h-screen max-w-[90rem] flex-col px-3 sm:px-6">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:p-3">
        Skip to the content
      </a>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
        <Logo />
        <div className="order-last basis-full lg:order-none lg:basis-auto">
          <MainNav />
        </div>
        <div className="order-last flex-1 basis-[calc(100%-6rem)] sm:order-none sm:max-w-md sm:basis-0">
          <SearchBox />
        </div>
        <div className="ml-auto flex items-center gap-2 sm:gap-3">
          <MarketBadge />
          <ThemeButton />
        </div>
        <div className="order-last sm:order-none">
          <PersonCorner />
        </div>
      </header>
      <ReplayBanner />
      <ServerNotice />
      <main id="main" className="flex-1 py-3">
        <Outlet />
      </main>
      <Footer />
      <Keyboard />
    </div>
  )
}

/** Asks for the snapshot on its interval for the whole page, and gives the page the tint of its market. */
function usePolledSnapshot() {
  const { snapshot } = useMarketQueries()
  const { data: mode } = useQuery({
    ...snapshot,
    refetchInterval: pollMs.snapshot,
    select: ({ market }) => market.mode,
  })
  useEffect(() => {
    if (mode) document.documentElement.dataset['market'] = mode
  }, [mode])
}
