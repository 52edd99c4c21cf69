import type { NewApplicationReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, NothingYet } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { ApplicationRow } from './application-row.tsx'
import { NewApplicationForm } from './new-application-form.tsx'

interface ApplicationsCardProps {
  /** The application just made, until the reader has kept its secret. */
  readonly made: NewApplicationReply | null
  readonly onMade: (application: NewApplicationReply | null) => void
  /** False for a person who only looks. */
  readonly mayMake: boolean
}

/** Applications: how programs written for the Kotak and Synapsewave APIs name themselves. */
export function ApplicationsCard({ made, onMade, mayMake }: ApplicationsCardProps) {
  const { applications } = useAccount()
  const query = useQuery(applications)
  return (
    <AccountCard id="applications" title="Applications" lead="For programs that speak the Kotak or Synapsewave API.">
      {made === null ? null : (
        <ShownOnce
          title={`The application “${made.name}”.`}
          secrets={[
            { label: 'Consumer key', value: made.consumer_key },
            { label: 'Consumer secret', value: made.consumer_secret },
            { label: 'Access token', value: made.access_token },
          ]}
          fileName="banyan-application.txt"
          onKept={() => onMade(null)}
        />
      )}
      <Loaded query={query} label="Applications are loading" rows={2}>
        {({ applications: list }) =>
          list.length === 0 ? (
            <NothingYet>No application yet.</NothingYet>
          ) : (
            <ul>
              {list.map((application) => (
                <ApplicationRow
                  key={application.id}
                  application={application}
                  mayChange={mayMake}
                  onRemoved={() => application.id === made?.id && onMade(null)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayMake ? (
        <div className="flex flex-wrap gap-2">
          <Disclosure label="Make an application">
            {(close) => (
              <NewApplicationForm
                onMade={(application) => {
                  close()
                  onMade(application)
                }}
              />
            )}
          </Disclosure>
        </div>
      ) : null}
    </AccountCard>
  )
}
