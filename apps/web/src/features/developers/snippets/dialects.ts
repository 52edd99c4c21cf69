import type { DialectId } from '../../../lib/developers-search.ts'
import { banyanSnippets } from './banyan-snippets.ts'
import { fincruxSnippets } from './fincrux-snippets.ts'
import { kotakSnippets } from './kotak-snippets.ts'
import type { Snippet } from './snippet.ts'
import { stocktrendzSnippets } from './stocktrendz-snippets.ts'
import { synapsewaveSnippets } from './synapsewave-snippets.ts'

/** One of the APIs this server speaks, and how a program of it begins. */
export interface Dialect {
  readonly id: DialectId
  readonly name: string
  readonly lead: string
  readonly snippets: readonly Snippet[]
}

export const dialects: readonly Dialect[] = [
  {
    id: 'banyan',
    name: 'Banyan',
    lead: 'This server’s own calls, below /api; in TypeScript by @banyan/client.',
    snippets: banyanSnippets,
  },
  {
    id: 'stocktrendz',
    name: 'StockTrendz',
    lead: 'Prices, portfolio and journal, below /api. Programs for StockTrendz change their base address and nothing else.',
    snippets: stocktrendzSnippets,
  },
  {
    id: 'fincrux',
    name: 'Fincrux',
    lead: 'Accounts, sessions and API keys as Fincrux has them, below /api.',
    snippets: fincruxSnippets,
  },
  {
    id: 'kotak',
    name: 'Kotak',
    lead: 'The session calls of KSTradeApi, below /apim. They go with an application.',
    snippets: kotakSnippets,
  },
  {
    id: 'synapsewave',
    name: 'Synapsewave',
    lead: 'The sign-in calls of Synapsewave, below /interactive. They go with an application.',
    snippets: synapsewaveSnippets,
  },
]
