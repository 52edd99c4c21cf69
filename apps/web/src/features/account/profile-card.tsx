import type { MeReply } from '@banyan/client'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'
import { EmailForm } from './email-form.tsx'

const roles = {
  owner: 'Owner: also lets others in',
  member: 'Member',
  'read-only': 'Read-only: changes nothing',
} as const

const plans = { hobby: 'Hobby', plus: 'Plus', unlimited: 'Unlimited' } as const

export function ProfileCard({ me }: { readonly me: MeReply }) {
  return (
    <AccountCard id="profile" title="Profile">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact name="Name" value={me.user.name ?? 'Not given'} />
        <Fact name="E-mail" value={me.email} />
        <Fact name="Mobile" value={me.mobile ?? 'Not given'} />
        <Fact name="Client code" value={me.client_code} hint="The name for the Kotak and Synapsewave sign-ins" />
        <Fact name="Role" value={roles[me.role]} />
        <Fact name="Plan" value={plans[me.plan]} />
        <Fact name="Since" value={readableMinute(me.created_at)} />
      </dl>
      {me.role === 'read-only' ? null : (
        <div className="flex flex-wrap gap-2">
          <Disclosure label="Change name or mobile">{(close) => <ProfileForm me={me} onDone={close} />}</Disclosure>
          <Disclosure label="Change the e-mail address">{(close) => <EmailForm onDone={close} />}</Disclosure>
        </div>
      )}
    </AccountCard>
  )
}

function Fact({ name, value, hint }: { readonly name: string; readonly value: string; readonly hint?: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">
        {value}
        {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
      </dd>
    </>
  )
}

function ProfileForm({ me, onDone }: { readonly me: MeReply; readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const name = formText(form, 'name').trim()
    const mobile = formText(form, 'mobile').replace(/[\s-]/g, '')
    const password = formText(form, 'password')
    await client.updateMe({
      name: name === '' ? null : name,
      mobile: mobile === '' ? null : mobile,
      ...(password === '' ? {} : { password }),
    })
    refresh('me')
    onDone()
  }
  return (
    <Form label="Change the profile" submit="Save" send={send}>
      <Field name="name" label="Name" defaultValue={me.user.name ?? ''} autoComplete="name" maxLength={80} focused />
      <Field
        name="mobile"
        label="Mobile"
        type="tel"
        defaultValue={me.mobile ?? ''}
        placeholder="+91…"
        hint="With the country’s code. Empty for none."
        autoComplete="tel"
      />
      {me.otp_channel === 'sms' ? <PasswordField hint="Codes go to this mobile." /> : null}
    </Form>
  )
}
