import type { JsonWebKeys } from '@banyan/contracts'
import type { Clock } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import { createApiChecks } from '../dialects/api/api-checks.ts'
import type { BrokersParts } from '../dialects/banyan/brokers.ts'
import {
  registerBanyanAccounts,
  registerBanyanBrokers,
  registerBanyanJournal,
  registerBanyanPortfolio,
  registerBanyanWatchlists,
} from '../dialects/banyan/index.ts'
import type { ListMails } from '../dialects/banyan/outbox.ts'
import type { PortfolioBookParts } from '../dialects/banyan/portfolio-book.ts'
import type { PortfolioReturnsParts } from '../dialects/banyan/portfolio-returns.ts'
import { registerFincrux } from '../dialects/fincrux/index.ts'
import { registerKotak } from '../dialects/kotak/index.ts'
import { createKotakChecks } from '../dialects/kotak/kotak-checks.ts'
import { createKotakSurface, kotakAddressLimits } from '../dialects/kotak/kotak-surface.ts'
import {
  registerStocktrendzAccounts,
  registerStocktrendzJournal,
  registerStocktrendzPortfolio,
} from '../dialects/stocktrendz/index.ts'
import type { PortfolioParts } from '../dialects/stocktrendz/portfolio-parts.ts'
import { registerSynapsewave } from '../dialects/synapsewave/index.ts'
import { createSynapsewaveChecks } from '../dialects/synapsewave/synapsewave-checks.ts'
import { createSynapsewaveSurface, synapsewaveAddressLimits } from '../dialects/synapsewave/synapsewave-surface.ts'
import type { HttpTools } from '../infra/http/http-app.ts'
import type { IdentityModule } from '../modules/identity/index.ts'
import type { JournalModule } from '../modules/journal/index.ts'
import type { PortfolioImports } from '../modules/portfolio/index.ts'
import type { WatchlistsModule } from '../modules/watchlists/index.ts'

/** What the APIs that need an account are built over. */
export interface PublicApiParts
  extends Omit<PortfolioParts, 'market'>,
    BrokersParts,
    PortfolioBookParts,
    PortfolioReturnsParts {
  readonly identity: IdentityModule
  readonly journal: JournalModule
  readonly portfolioImports: PortfolioImports
  readonly watchlists: WatchlistsModule
  /** Origin people dial, or null to take each request's own. */
  readonly publicUrl: string | null
  /** Origins whose pages may call every route, without cookies. */
  readonly corsOrigins: readonly string[]
  readonly clock: Clock
  /** Lists the development outbox; null where there is none. */
  readonly outbox: ListMails | null
  readonly publicKeys: () => JsonWebKeys
}

/** Surfaces of the vendors' APIs beside `/api`. */
export const vendorSurfaces = () => [createKotakSurface(), createSynapsewaveSurface()] as const

export const vendorAddressLimits = { ...kotakAddressLimits, ...synapsewaveAddressLimits }

/** Returns every check a route may name as its credential. */
export function credentialChecks({ identity, publicUrl, corsOrigins }: PublicApiParts, tools: HttpTools) {
  const { credentials } = identity
  return {
    ...createApiChecks({ credentials, addresses: tools.addresses, publicUrl, corsOrigins }),
    ...createKotakChecks({ credentials, limiter: tools.limiter }),
    ...createSynapsewaveChecks(identity),
  }
}

/** Registers every route that knows accounts. */
export function registerPublicApis(app: FastifyInstance, parts: PublicApiParts, tools: HttpTools): void {
  const { identity, publicUrl } = parts
  const { addresses } = tools
  const accounts = { ...parts, addresses }
  registerStocktrendzAccounts(app, accounts)
  registerFincrux(app, accounts)
  registerBanyanAccounts(app, accounts)
  registerStocktrendzJournal(app, parts)
  registerBanyanJournal(app, parts)
  registerBanyanWatchlists(app, parts)
  registerStocktrendzPortfolio(app, parts)
  registerBanyanBrokers(app, parts)
  registerBanyanPortfolio(app, parts)
  registerKotak(app, { identity, addresses, publicUrl })
  registerSynapsewave(app, { identity, addresses, publicUrl })
}
