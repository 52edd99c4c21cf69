/** Pages one comes through, never from. */
const entries = ['/sign-in', '/register', '/forgot', '/reset', '/bootstrap']

/** Returns the address to go to after a sign-in: a path of this app, or the overview for anything else, such as another site. */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  const base = 'https://app.invalid'
  if (!URL.canParse(wanted, base)) return '/'
  const { origin, pathname, search, hash } = new URL(wanted, base)
  // Dots may have folded into a path that begins like a host.
  return origin === base && !pathname.startsWith('//') && !entries.includes(pathname) ? pathname + search + hash : '/'
}

/** Returns what the sign-in's address says of where the person is now. */
export function returnSearch(href: string): { to?: string } {
  const path = returnPath(href)
  return path === '/' ? {} : { to: path }
}
