import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'

/** A new address that waits for the code mailed to it. The password is asked once and sent with both calls. */
interface Waiting {
  readonly email: string
  readonly password: string
  /** How long the code is good for, in seconds. */
  readonly expiresInS: number
}

/** Two steps: the password has a code mailed to the new address, and the code makes it the account's. */
export function EmailForm({ onDone }: { readonly onDone: () => void }) {
  const { client } = useAccount()
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  if (waiting !== null) return <ConfirmEmail waiting={waiting} onDone={onDone} />
  const send = async (form: FormData) => {
    const asked = { email: formText(form, 'email').trim(), password: formText(form, 'password') }
    const { expires_in: expiresInS } = await client.requestEmail(asked)
    setWaiting({ ...asked, expiresInS })
  }
  return (
    <Form label="Change the e-mail address" submit="Mail a code" send={send}>
      <Field
        name="email"
        label="New e-mail address"
        hint="A code goes there. Nothing changes before it is typed here."
        autoComplete="email"
        inputMode="email"
        spellCheck={false}
        required
        focused
      />
      <PasswordField />
    </Form>
  )
}

function ConfirmEmail({ waiting, onDone }: { readonly waiting: Waiting; readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const { email, password, expiresInS } = waiting
  const send = async (form: FormData) => {
    await client.confirmEmail({ email, password, code: formText(form, 'code').replace(/\s/g, '') })
    refresh('me', 'factors')
    onDone()
  }
  return (
    <Form label="Confirm the e-mail address" submit="Change the address" send={send}>
      <p className="text-sm">
        A code is on its way to <strong className="break-all">{email}</strong>, unless another account has that address.
      </p>
      <Field
        name="code"
        label="Code of the mail"
        hint={`Six digits, within ${Math.round(expiresInS / 60)} minutes.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        focused
      />
    </Form>
  )
}
