import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard } from '../../components/account-card.tsx'

/** What programs sign in with. It is made and removed on the page for developers. */
export function ProgramsCard() {
  const { keys, applications } = useAccount()
  const [ofKeys, ofApplications] = [useQuery(keys), useQuery(applications)]
  return (
    <AccountCard id="programs" title="Programs" lead="What programs of yours show instead of a person.">
      <Loaded query={ofKeys} label="API keys are being counted" rows={1}>
        {({ keys: list }) => <p>{counted(list.length, 'API key')}</p>}
      </Loaded>
      <Loaded query={ofApplications} label="Applications are being counted" rows={1}>
        {({ applications: list }) => <p>{counted(list.length, 'application')}</p>}
      </Loaded>
      <p>
        <Link to="/developers" search={{}} className="underline underline-offset-2">
          Keys, applications and how to call this server
        </Link>
      </p>
    </AccountCard>
  )
}

function counted(count: number, what: string): string {
  if (count === 0) return `No ${what}.`
  return `${count} ${what}${count === 1 ? '' : 's'}.`
}
