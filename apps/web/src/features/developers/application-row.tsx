import type { Application, ApplicationTokenReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountRow } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'
import { tokenLives } from './new-application-form.tsx'

interface ApplicationRowProps {
  readonly application: Application
  /** False for a person who only looks. */
  readonly mayChange: boolean
  readonly onRemoved: () => void
}

export function ApplicationRow({ application, mayChange, onRemoved }: ApplicationRowProps) {
  const { name, enabled, live_tokens: tokens, last_used_at: used } = application
  const [token, setToken] = useState<ApplicationTokenReply | null>(null)
  const facts = [
    `Consumer key ${application.consumer_key}`,
    `${used === null ? 'Never used' : `Last used ${readableMinute(used)}`}, ${tokens} live ${tokens === 1 ? 'token' : 'tokens'}`,
    application.no_access_code
      ? 'Your own Kotak sign-ins through it need no access code'
      : 'Kotak sign-ins through it need an access code',
  ]
  return (
    <AccountRow title={enabled ? name : `${name} (switched off)`} facts={facts}>
      {mayChange ? <ApplicationActions application={application} onToken={setToken} onRemoved={onRemoved} /> : null}
      {token === null ? null : (
        <div className="order-last basis-full">
          <ShownOnce
            title={`An access token of “${name}”, good until ${readableMinute(token.expires_at)}.`}
            secrets={[{ label: 'Access token', value: token.access_token }]}
            fileName="banyan-access-token.txt"
            onKept={() => setToken(null)}
          />
        </div>
      )}
    </AccountRow>
  )
}

interface ActionsProps extends Pick<ApplicationRowProps, 'application' | 'onRemoved'> {
  readonly onToken: (token: ApplicationTokenReply) => void
}

function ApplicationActions({ application, onToken, onRemoved }: ActionsProps) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const { id, name, enabled, no_access_code: needsNoCode } = application
  const change = async (changes: Parameters<typeof client.applications.update>[1]) => {
    await client.applications.update(id, changes)
    refresh('applications')
  }
  const remove = async () => {
    await client.applications.remove(id)
    onRemoved()
    refresh('applications', 'sessions')
  }
  return (
    <div className="flex basis-full flex-wrap gap-2">
      <Form
        label={`Switch the application ${name} ${enabled ? 'off' : 'on'}`}
        submit={enabled ? 'Switch off' : 'Switch on'}
        kind="quiet"
        send={() => change({ enabled: !enabled })}
      />
      <Disclosure label="New token" name={`New token of the application ${name}`}>
        {(close) => (
          <NewTokenForm
            id={id}
            name={name}
            onMade={(token) => {
              close()
              onToken(token)
            }}
          />
        )}
      </Disclosure>
      <Disclosure label="Access code" name={`Access code of the application ${name}`}>
        {() => (
          <Form
            label={`Access code of the application ${name}`}
            submit={needsNoCode ? 'Ask for the code again' : 'Do without the code'}
            send={() => change({ no_access_code: !needsNoCode })}
          >
            <p className="text-sm">
              {needsNoCode
                ? 'Kotak sign-ins through this application will need the code that is sent.'
                : 'Your password alone will then open Kotak sessions through this application. Nobody else’s sign-in changes.'}
            </p>
          </Form>
        )}
      </Disclosure>
      <Disclosure label="Remove" name={`Remove the application ${name}`}>
        {() => (
          <Form label={`Remove the application ${name}`} submit="Remove for good" kind="danger" send={remove}>
            <p className="text-sm">Its sessions and tokens are refused from their next call on.</p>
          </Form>
        )}
      </Disclosure>
    </div>
  )
}

interface NewTokenFormProps {
  readonly id: string
  readonly name: string
  readonly onMade: (token: ApplicationTokenReply) => void
}

function NewTokenForm({ id, name, onMade }: NewTokenFormProps) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const made = await client.applications.createToken(id, Number(formText(form, 'days')))
    refresh('applications')
    onMade(made)
  }
  return (
    <Form label={`New token of the application ${name}`} submit="Make the token" send={send}>
      <Select name="days" label="Life" options={tokenLives} initial="30" />
    </Form>
  )
}
