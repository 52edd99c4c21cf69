import type { MeReply } from '@banyan/client'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { Select } from '../../components/select.tsx'
import { formText } from '../../lib/form-text.ts'

const channels = [
  { value: 'email', label: 'By mail' },
  { value: 'sms', label: 'By text to the mobile' },
] as const

/** Codes for one sign-in, which the Kotak and Synapsewave APIs send: where they go, and whether they count beside an authenticator. */
export function CodesCard({ me }: { readonly me: MeReply }) {
  return (
    <AccountCard id="codes" title="Codes for one sign-in" lead="Sent by the Kotak and Synapsewave sign-ins.">
      <p>
        They go to <span className="break-words">{me.otp_channel === 'sms' ? me.mobile : me.email}</span>.{' '}
        {besideAuthenticator(me)}
      </p>
      {me.role === 'read-only' ? null : (
        <div className="flex flex-wrap gap-2">
          <Disclosure label="Change where codes go">{(close) => <CodesForm me={me} onDone={close} />}</Disclosure>
        </div>
      )}
    </AccountCard>
  )
}

function besideAuthenticator({ second_factor: { totp }, otp_beside_totp: isBeside }: MeReply): string {
  if (!totp) return 'They are the second factor there while no authenticator is set up.'
  return isBeside ? 'They count as a second factor beside the authenticator.' : 'Only the authenticator counts there.'
}

function CodesForm({ me, onDone }: { readonly me: MeReply; readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.updateMe({
      otp_channel: formText(form, 'otp_channel') === 'sms' ? 'sms' : 'email',
      otp_beside_totp: form.has('otp_beside_totp'),
      password: formText(form, 'password'),
    })
    refresh('me', 'factors')
    onDone()
  }
  return (
    <Form label="Change where codes go" submit="Save" send={send}>
      <Select name="otp_channel" label="Codes go" options={channels} initial={me.otp_channel} />
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          name="otp_beside_totp"
          defaultChecked={me.otp_beside_totp}
          className="mt-0.5 size-4 shrink-0"
        />
        They count although an authenticator is set up
      </label>
      <PasswordField />
    </Form>
  )
}
