import type { Application, NewApplicationReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'
import { AccountCard, AccountRow, NothingYet } from './account-card.tsx'

/** Applications: how programs written for the Kotak and Synapsewave APIs name themselves. */
export function ApplicationsCard() {
  const { applications } = useAccount()
  const query = useQuery(applications)
  const [made, setMade] = useState<NewApplicationReply | null>(null)
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
          onKept={() => setMade(null)}
        />
      )}
      <Loaded query={query} label="Applications are loading" rows={2}>
        {({ applications: list }) => (
          <>
            {list.length === 0 ? (
              <NothingYet>No application yet.</NothingYet>
            ) : (
              <ul>
                {list.map((application) => (
                  <ApplicationRow key={application.id} application={application} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Make an application">
          {(close) => (
            <NewApplicationForm
              onMade={(application) => {
                close()
                setMade(application)
              }}
            />
          )}
        </Disclosure>
      </div>
    </AccountCard>
  )
}

function ApplicationRow({ application }: { readonly application: Application }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const { id, name, enabled, live_tokens: tokens, last_used_at: used } = application
  const toggle = async () => {
    await client.applications.update(id, { enabled: !enabled })
    refresh('applications')
  }
  const remove = async () => {
    await client.applications.remove(id)
    refresh('applications', 'sessions')
  }
  const facts = [
    `Consumer key ${application.consumer_key}`,
    `${used === null ? 'Never used' : `Last used ${readableMinute(used)}`}, ${tokens} live ${tokens === 1 ? 'token' : 'tokens'}`,
    ...(application.no_access_code ? ['Your own sign-ins through it need no access code'] : []),
  ]
  return (
    <AccountRow title={enabled ? name : `${name} (switched off)`} facts={facts} roomy>
      <Form
        label={`Switch the application ${name} ${enabled ? 'off' : 'on'}`}
        submit={enabled ? 'Switch off' : 'Switch on'}
        kind="quiet"
        send={toggle}
      />
      <Disclosure label="Remove" name={`Remove the application ${name}`}>
        {() => (
          <Form label={`Remove the application ${name}`} submit="Remove for good" kind="danger" send={remove}>
            <p className="text-sm">Its sessions and tokens are refused from their next call on.</p>
          </Form>
        )}
      </Disclosure>
    </AccountRow>
  )
}

const lives = [
  { value: '1', label: '1 day' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const

function NewApplicationForm({ onMade }: { readonly onMade: (application: NewApplicationReply) => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const made = await client.applications.create({
      name: formText(form, 'name'),
      access_token_days: Number(formText(form, 'access_token_days')),
    })
    refresh('applications')
    onMade(made)
  }
  return (
    <Form label="Make an application" submit="Make the application" send={send}>
      <Field name="name" label="Name" maxLength={60} required focused />
      <Select name="access_token_days" label="Life of its access token" options={lives} initial="30" />
    </Form>
  )
}
