import { Link } from '@tanstack/react-router'

interface InstrumentLinkProps {
  /** Null where it is not known on any exchange: then there is no chart to lead to. */
  readonly instrument: string | null
  readonly children: string
  /** True where nothing else tells that it is a link. */
  readonly underlined?: boolean
}

/** Leads to the chart of an instrument. */
export function InstrumentLink({ instrument, children, underlined = false }: InstrumentLinkProps) {
  if (instrument === null) return <span className="font-medium">{children}</span>
  return (
    <Link
      to="/"
      search={{ i: instrument }}
      className={`rounded font-medium underline-offset-2 hover:underline ${underlined ? 'underline' : ''}`}
    >
      {children}
    </Link>
  )
}
