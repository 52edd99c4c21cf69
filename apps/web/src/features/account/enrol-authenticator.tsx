import type { TotpSecretReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { QrCode } from './qr-code.tsx'

/** Two steps: the password gives the secret, and a code from it switches the authenticator on. */
export function EnrolAuthenticator({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { client } = useAccount()
  const [secret, setSecret] = useState<TotpSecretReply | null>(null)
  if (secret !== null) return <ConfirmAuthenticator secret={secret} onCodes={onCodes} />
  const send = async (form: FormData) => setSecret(await client.totp.enrol(formText(form, 'password')))
  return (
    <Form label="Set up an authenticator" submit="Go on" send={send}>
      <PasswordField hint="Nothing is switched on yet." focused />
    </Form>
  )
}

interface ConfirmProps {
  readonly secret: TotpSecretReply
  readonly onCodes: (codes: readonly string[]) => void
}

function ConfirmAuthenticator({ secret: { secret, otpauth_uri: uri, expires_in: expiresIn }, onCodes }: ConfirmProps) {
  const { client } = useAccount()
  const send = async (form: FormData) =>
    onCodes((await client.totp.confirm(formText(form, 'code').replace(/\s/g, ''))).recovery_codes)
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <QrCode text={uri} label="QR code for the authenticator" />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <p className="text-sm">
          Scan this with an authenticator app, or{' '}
          <a href={uri} className="underline underline-offset-2">
            open it on this device
          </a>
          , or type the secret:
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <code data-totp-secret="" className="min-w-0 break-all rounded bg-surface px-2 py-1">
            {secret}
          </code>
          <CopyButton text={secret} label="Copy the secret" />
        </div>
        <Form label="Confirm the authenticator" submit="Switch on" send={send}>
          <Field
            name="code"
            label="Code it shows"
            hint={`Six digits, within ${Math.round(expiresIn / 60)} minutes.`}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            focused
          />
        </Form>
      </div>
    </div>
  )
}
