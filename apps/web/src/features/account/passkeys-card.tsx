import type { Passkey } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, AccountRow, NothingYet } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { deviceName } from '../../lib/device-name.ts'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'
import { hasPasskeys, makePasskey } from '../../lib/passkey.ts'

export function PasskeysCard() {
  const { factors } = useAccount()
  const query = useQuery(factors)
  return (
    <AccountCard
      id="passkeys"
      title="Passkeys"
      lead="Sign in with this device’s fingerprint, face or PIN, or a security key."
    >
      <Loaded query={query} label="Passkeys are loading" rows={1}>
        {({ passkeys }) => (
          <>
            {passkeys.length === 0 ? (
              <NothingYet>No passkey yet.</NothingYet>
            ) : (
              <ul>
                {passkeys.map((passkey) => (
                  <PasskeyRow key={passkey.id} passkey={passkey} />
                ))}
              </ul>
            )}
            <div className="flex flex-wrap gap-2">
              {hasPasskeys() ? (
                <Disclosure label="Add a passkey">{(close) => <AddPasskey onDone={close} />}</Disclosure>
              ) : (
                <p className="text-sm text-muted">This browser has no passkeys here; they need https or localhost.</p>
              )}
            </div>
          </>
        )}
      </Loaded>
    </AccountCard>
  )
}

function PasskeyRow({ passkey: { id, name, created_at, last_used_at } }: { readonly passkey: Passkey }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.removePasskey(id, formText(form, 'password'))
    refresh('factors')
  }
  const used = last_used_at === null ? 'never used' : `last used ${readableMinute(last_used_at)}`
  return (
    <AccountRow title={name} facts={[`Added ${readableMinute(created_at)}, ${used}`]}>
      <Disclosure label="Remove" name={`Remove the passkey ${name}`}>
        {() => (
          <Form label={`Remove the passkey ${name}`} submit="Remove" kind="danger" send={send}>
            <PasswordField focused />
          </Form>
        )}
      </Disclosure>
    </AccountRow>
  )
}

function AddPasskey({ onDone }: { readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const { ticket, options } = await client.factors.passkeyOptions(formText(form, 'password'))
    const response = await makePasskey(options)
    await client.factors.addPasskey({ ticket, name: formText(form, 'name').trim(), response })
    refresh('factors')
    onDone()
  }
  return (
    <Form label="Add a passkey" submit="Add" send={send}>
      <Field name="name" label="Name" defaultValue={deviceName(navigator.userAgent)} maxLength={60} required focused />
      <PasswordField />
    </Form>
  )
}
