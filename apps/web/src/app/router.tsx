import { createRootRoute, createRoute, createRouter, type SearchSchemaInput } from '@tanstack/react-router'
import { OverviewPage } from '../features/overview/overview-page.tsx'
import { parseSearch, type ViewSearch } from '../lib/view.ts'
import { NoSuchPage } from './no-such-page.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: OverviewPage,
  validateSearch: (search: ViewSearch & SearchSchemaInput): ViewSearch => parseSearch({ ...search }),
})

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren([overview]),
    // Plain `?i=NSE:TCS&int=day`: the router's own notation would quote a value that looks like a number.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      )
      // A colon and a slash need no escape in a query; they are the readable half of every instrument.
      const text = new URLSearchParams(given as [string, string][]).toString().replaceAll('%3A', ':')
      return text === '' ? '' : `?${text}`
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
