import type { MeReply } from '@banyan/client'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { leaveAccount, useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { saveFile } from '../../lib/save-file.ts'
import { CodeField } from './authenticator-card.tsx'

/** Taking one's data along, and going. */
export function LeavingCard({ me }: { readonly me: MeReply }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const save = async () => {
    saveFile('banyan-account.json', 'application/json', `${JSON.stringify(await client.exportMe(), null, 2)}\n`)
    refresh()
  }
  return (
    <AccountCard
      id="data"
      title="Your data"
      lead="The export has everything kept about the account, but no password, secret or key."
    >
      <div className="flex flex-wrap gap-2">
        <Form label="Export everything" submit="Export everything" kind="quiet" send={save} />
        {me.role === 'read-only' ? null : (
          <Disclosure label="Delete the account" kind="danger">
            {() => <DeleteForm me={me} />}
          </Disclosure>
        )}
      </div>
    </AccountCard>
  )
}

function DeleteForm({ me }: { readonly me: MeReply }) {
  const { client } = useAccount()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const agrees = typed.trim().toLowerCase() === me.email
  const send = async (form: FormData) => {
    if (!agrees) throw new Error('Type the e-mail address of the account to confirm.')
    const code = formText(form, 'code').trim()
    await client.deleteMe({ password: formText(form, 'password'), ...(code === '' ? {} : { code }) })
    await navigate({ to: '/', search: {} })
    leaveAccount(queries)
  }
  return (
    <Form label="Delete the account" submit="Delete it for good" kind="danger" send={send}>
      <p className="text-sm">
        The account, its keys, applications, sessions and trail go at once and cannot be brought back. To confirm, type{' '}
        <strong className="break-all">{me.email}</strong>.
      </p>
      <Field
        name="confirmation"
        label="E-mail address of the account"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        required
        focused
      />
      <PasswordField />
      {me.second_factor.totp ? <CodeField /> : null}
    </Form>
  )
}
