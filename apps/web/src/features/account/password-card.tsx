import type { MeReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { NewPasswordField, PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'

export function PasswordCard({ me }: { readonly me: MeReply }) {
  const [ended, setEnded] = useState<number | null>(null)
  return (
    <AccountCard id="password" title="Password" lead="A new one ends every other session.">
      {ended === null ? null : (
        <p role="status" className="rounded-md bg-raised px-3 py-2 text-sm">
          The password is changed. {otherSessions(ended)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Change the password">
          {(close) => (
            <PasswordForm
              email={me.email}
              onDone={(sessions) => {
                setEnded(sessions)
                close()
              }}
            />
          )}
        </Disclosure>
      </div>
    </AccountCard>
  )
}

function otherSessions(ended: number): string {
  if (ended === 0) return 'There was no other session.'
  return ended === 1 ? 'One other session has ended.' : `${ended} other sessions have ended.`
}

function PasswordForm({ email, onDone }: { readonly email: string; readonly onDone: (ended: number) => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const { revoked_sessions } = await client.password.change({
      current_password: formText(form, 'current_password'),
      new_password: formText(form, 'new_password'),
    })
    refresh('sessions', 'factors')
    onDone(revoked_sessions)
  }
  return (
    <Form label="Change the password" submit="Change it" send={send}>
      {/* Tells a password manager whose password this is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField name="current_password" label="Current password" focused />
      <NewPasswordField name="new_password" label="New password" />
    </Form>
  )
}
