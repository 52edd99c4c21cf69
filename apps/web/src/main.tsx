import { createBanyanClient } from '@banyan/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createMarketQueries, MarketQueriesProvider } from './app/market-queries.ts'
import { createAppRouter } from './app/router.tsx'
import { TooltipProvider } from './components/tooltip.tsx'
import './styles.css'

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root.')

// `always`: the server may be on this machine, so the browser being "offline" says nothing about it.
const queryClient = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MarketQueriesProvider value={createMarketQueries(createBanyanClient({ baseUrl: '' }))}>
        <TooltipProvider>
          <RouterProvider router={createAppRouter()} />
        </TooltipProvider>
      </MarketQueriesProvider>
    </QueryClientProvider>
  </StrictMode>,
)
