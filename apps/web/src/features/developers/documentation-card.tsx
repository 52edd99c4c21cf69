import { AccountCard } from '../../components/account-card.tsx'

const documents = [
  { href: '/docs', name: 'API documentation', what: 'Every call with its parameters and replies, to read and to try.' },
  { href: '/openapi.json', name: 'OpenAPI document', what: 'The same for programs, OpenAPI 3.1.' },
  {
    href: '/.well-known/jwks.json',
    name: 'Public keys',
    what: 'To verify the tokens of this server, as a JSON Web Key Set.',
  },
  { href: '/api/health', name: 'Health', what: 'Whether the server and its sources answer.' },
] as const

/** Where the server describes itself. */
export function DocumentationCard() {
  return (
    <AccountCard id="documentation" title="Documentation">
      <ul className="flex flex-col gap-2">
        {documents.map(({ href, name, what }) => (
          <li key={href}>
            <a href={href} className="font-medium underline underline-offset-2">
              {name}
            </a>
            <p className="text-xs text-muted">{what}</p>
          </li>
        ))}
      </ul>
    </AccountCard>
  )
}
