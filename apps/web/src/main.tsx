import { createBanyanClient } from '@banyan/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AccountProvider, createAccount } from './app/account.ts'
import { keyboardSheets } from './app/keyboard.tsx'
import { loadEarly } from './app/load-early.ts'
import { createMarketQueries, MarketQueriesProvider } from './app/market-queries.ts'
import { createPageFeed, QuoteFeedProvider } from './app/quote-feed.ts'
import { createAppRouter } from './app/router.tsx'
import { TooltipProvider } from './components/tooltip.tsx'
import { takeBrokerReturn } from './lib/broker-return.ts'
import { takeFragmentTokens } from './lib/fragment-token.ts'
import { settledWithin } from './lib/settled-within.ts'
import './styles.css'

takeFragmentTokens()
takeBrokerReturn()

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root.')

// `always`: the server may be on this machine, so the browser being "offline" says nothing about it.
const queryClient = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })

const client = createBanyanClient({ baseUrl: '' })
const market = createMarketQueries(client)
const router = createAppRouter()

const screen = (
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MarketQueriesProvider value={market}>
        <QuoteFeedProvider value={createPageFeed(client)}>
          <AccountProvider value={createAccount(client)}>
            <TooltipProvider>
              <RouterProvider router={router} />
            </TooltipProvider>
          </AccountProvider>
        </QuoteFeedProvider>
      </MarketQueriesProvider>
    </QueryClientProvider>
  </StrictMode>
)

// index.html has asked for the snapshot already. Where its answer is here at once, the first thing drawn is prices, and is
// drawn once; a slower server's visitor sees the waiting state.
void settledWithin(queryClient.prefetchQuery(market.snapshot), 150).then(() => createRoot(place).render(screen))

loadEarly(router, keyboardSheets)
