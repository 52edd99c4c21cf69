import { createRootRoute, createRoute, createRouter, type SearchSchemaInput } from '@tanstack/react-router'
import { OverviewPage } from '../features/overview/overview-page.tsx'
import { type DevelopersSearch, parseDevelopersSearch } from '../lib/developers-search.ts'
import { type InstrumentSearch, parseInstrumentSearch } from '../lib/instrument-search.ts'
import { type JournalSearch, parseJournalSearch } from '../lib/journal-search.ts'
import { type PortfolioSearch, parsePortfolioSearch } from '../lib/portfolio-search.ts'
import { returnSearch } from '../lib/return-path.ts'
import { parseSignalsSearch, type SignalsSearch } from '../lib/signals-search.ts'
import { parseSearch, type ViewSearch } from '../lib/view.ts'
import { NoSuchPage } from './no-such-page.tsx'
import { screen } from './screen.ts'
import { ScreenFailed } from './screen-failed.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: OverviewPage,
  validateSearch: (search: ViewSearch & SearchSchemaInput): ViewSearch => parseSearch({ ...search }),
})

const instrument = createRoute({
  getParentRoute: () => root,
  path: '/instrument/$instrument',
  component: screen(() => import('../features/instrument/instrument-page.tsx'), 'InstrumentPage'),
  validateSearch: (search: InstrumentSearch & SearchSchemaInput): InstrumentSearch =>
    parseInstrumentSearch({ ...search }),
})

const signals = createRoute({
  getParentRoute: () => root,
  path: '/signals',
  component: screen(() => import('../features/signals/signals-page.tsx'), 'SignalsPage'),
  validateSearch: (search: SignalsSearch & SearchSchemaInput): SignalsSearch => parseSignalsSearch({ ...search }),
})

// Everything about accounts is code of its own, which the first load of a visitor of the market leaves out.
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: screen(() => import('../features/entry/sign-in-page.tsx'), 'SignInPage'),
  validateSearch: ({ to }: { to?: unknown } & SearchSchemaInput): { to?: string } =>
    typeof to === 'string' ? returnSearch(to) : {},
})

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: screen(() => import('../features/entry/register-page.tsx'), 'RegisterPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: screen(() => import('../features/entry/forgot-page.tsx'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: screen(() => import('../features/entry/reset-page.tsx'), 'ResetPage'),
})

const bootstrap = createRoute({
  getParentRoute: () => root,
  path: '/bootstrap',
  component: screen(() => import('../features/entry/bootstrap-page.tsx'), 'BootstrapPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: screen(() => import('../features/account/account-page.tsx'), 'AccountPage'),
})

const developers = createRoute({
  getParentRoute: () => root,
  path: '/developers',
  component: screen(() => import('../features/developers/developers-page.tsx'), 'DevelopersPage'),
  validateSearch: (search: DevelopersSearch & SearchSchemaInput): DevelopersSearch =>
    parseDevelopersSearch({ ...search }),
})

const status = createRoute({
  getParentRoute: () => root,
  path: '/status',
  component: screen(() => import('../features/status/status-page.tsx'), 'StatusPage'),
})

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: screen(() => import('../features/status/choose-source-page.tsx'), 'ChooseSourcePage'),
  // Set by the page that makes the owner, whose next step this is.
  validateSearch: ({ first }: { first?: unknown } & SearchSchemaInput): { first?: 'yes' } =>
    first === 'yes' ? { first } : {},
})

const portfolio = createRoute({
  getParentRoute: () => root,
  path: '/portfolio',
  component: screen(() => import('../features/portfolio/portfolio-page.tsx'), 'PortfolioPage'),
  validateSearch: (search: PortfolioSearch & SearchSchemaInput): PortfolioSearch => parsePortfolioSearch({ ...search }),
})

const connectBroker = createRoute({
  getParentRoute: () => root,
  path: '/portfolio/connect/$broker',
  component: screen(() => import('../features/portfolio/connect/connect-page.tsx'), 'ConnectPage'),
})

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  component: screen(() => import('../features/journal/journal-page.tsx'), 'JournalPage'),
  validateSearch: (search: JournalSearch & SearchSchemaInput): JournalSearch => parseJournalSearch({ ...search }),
})

const newEntry = createRoute({
  getParentRoute: () => root,
  path: '/journal/new',
  component: screen(() => import('../features/journal/new-entry-page.tsx'), 'NewEntryPage'),
  validateSearch: ({ draft }: { draft?: unknown } & SearchSchemaInput): { draft?: string } =>
    typeof draft === 'string' ? { draft } : {},
})

const entry = createRoute({
  getParentRoute: () => root,
  path: '/journal/$id',
  component: screen(() => import('../features/journal/entry-page.tsx'), 'EntryPage'),
})

export function createAppRouter() {
  return createRouter({
    defaultErrorComponent: ScreenFailed,
    routeTree: root.addChildren([
      ...[overview, instrument, signals, signIn, register, forgot, reset, bootstrap, account],
      ...[developers, status, sources, portfolio, connectBroker, journal, newEntry, entry],
    ]),
    // A colon and an ampersand need no escape in a path either.
    pathParamsAllowedCharacters: [':', '&'],
    // Plain `?i=NSE:TCS&int=day`: the router's own notation would quote a value that looks like a number.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      )
      // A colon and a slash need no escape in a query; they are what makes an instrument and a path readable.
      const text = new URLSearchParams(given as [string, string][])
        .toString()
        .replaceAll('%3A', ':')
        .replaceAll('%2F', '/')
      return text === '' ? '' : `?${text}`
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
