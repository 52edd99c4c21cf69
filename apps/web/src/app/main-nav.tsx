import { Link } from '@tanstack/react-router'

const look =
  'border-b-2 border-transparent px-2 py-1 pointer-coarse:py-3 text-sm font-medium text-muted hover:text-ink data-[status=active]:border-ink data-[status=active]:text-ink'

/** The screens, beside what belongs to the account alone. */
export function MainNav() {
  return (
    <nav aria-label="Screens" className="flex gap-1">
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className={look}>
        Market
      </Link>
      <Link to="/signals" activeOptions={{ includeSearch: false }} className={look}>
        Signals
      </Link>
      <Link to="/portfolio" activeOptions={{ includeSearch: false }} className={look}>
        Portfolio
      </Link>
      <Link to="/journal" activeOptions={{ includeSearch: false }} className={look}>
        Journal
      </Link>
    </nav>
  )
}
