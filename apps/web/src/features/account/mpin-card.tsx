import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'

/** The MPIN, which the Synapsewave sign-in takes in place of the password. */
export function MpinCard() {
  const { factors } = useAccount()
  const query = useQuery(factors)
  return (
    <AccountCard id="mpin" title="MPIN" lead="For the Synapsewave sign-in, in place of the password and beside a code.">
      <Loaded query={query} label="The MPIN is loading" rows={1}>
        {({ mpin: { enabled } }) => (
          <>
            <p>{enabled ? 'Set. Five wrong ones switch it off until a full sign-in.' : 'Not set.'}</p>
            <div className="flex flex-wrap gap-2">
              <Disclosure key="set" label={enabled ? 'Change the MPIN' : 'Set an MPIN'}>
                {(close) => <MpinForm isChange={enabled} onDone={close} />}
              </Disclosure>
              {enabled ? (
                <Disclosure key="remove" label="Remove" name="Remove the MPIN" kind="danger">
                  {() => <RemoveMpin />}
                </Disclosure>
              ) : null}
            </div>
          </>
        )}
      </Loaded>
    </AccountCard>
  )
}

function MpinForm({ isChange, onDone }: { readonly isChange: boolean; readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.setMpin(formText(form, 'mpin').trim())
    refresh('factors')
    onDone()
  }
  return (
    <Form label={isChange ? 'Change the MPIN' : 'Set an MPIN'} submit={isChange ? 'Change it' : 'Set it'} send={send}>
      <Field
        name="mpin"
        label="New MPIN"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        hint="Four to six digits: no repeats, no runs, no year of birth."
        required
        focused
      />
    </Form>
  )
}

function RemoveMpin() {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.removeMpin(formText(form, 'password'))
    refresh('factors')
  }
  return (
    <Form label="Remove the MPIN" submit="Remove it" kind="danger" send={send}>
      <PasswordField focused />
    </Form>
  )
}
