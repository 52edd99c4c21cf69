import type { MeReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { formText } from '../../lib/form-text.ts'
import { EnrolAuthenticator } from './enrol-authenticator.tsx'

/** The TOTP authenticator and its recovery codes. */
export function AuthenticatorCard({ me }: { readonly me: MeReply }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const refresh = useRefresh()
  const onCodes = (fresh: readonly string[] | null) => {
    setCodes(fresh)
    refresh('me', 'factors')
  }
  return (
    <AccountCard id="authenticator" title="Authenticator" lead="A second step after the password, at every way in.">
      {codes === null ? null : (
        <ShownOnce
          title="Ten recovery codes. Each replaces the authenticator once."
          secrets={codes.map((value, index) => ({ label: `Recovery code ${index + 1}`, value }))}
          compact
          fileName="banyan-recovery-codes.txt"
          onKept={() => setCodes(null)}
        />
      )}
      <p>{stateOf(me.second_factor)}</p>
      <div className="flex flex-wrap gap-2">
        {me.second_factor.totp ? (
          <>
            <Disclosure key="codes" label="New recovery codes">
              {(close) => (
                <ReplaceCodes
                  onCodes={(fresh) => {
                    close()
                    onCodes(fresh)
                  }}
                />
              )}
            </Disclosure>
            <Disclosure key="off" label="Switch off" kind="danger">
              {() => <SwitchOff onDone={() => onCodes(null)} />}
            </Disclosure>
          </>
        ) : (
          <Disclosure key="on" label="Set up an authenticator">
            {() => <EnrolAuthenticator onCodes={onCodes} />}
          </Disclosure>
        )}
      </div>
    </AccountCard>
  )
}

function stateOf({ totp, recovery_codes_left: left }: MeReply['second_factor']): string {
  if (!totp) return 'Off. The password alone opens this account.'
  if (left === 0) return 'On. No recovery code is left: make new ones before the authenticator is lost.'
  return `On. ${left} recovery ${left === 1 ? 'code is' : 'codes are'} left.`
}

function ReplaceCodes({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const { client } = useAccount()
  const send = async (form: FormData) => {
    const proof = { password: formText(form, 'password'), code: formText(form, 'code').trim() }
    onCodes((await client.totp.replaceRecoveryCodes(proof)).recovery_codes)
  }
  return (
    <Form label="Replace the recovery codes" submit="Make new codes" send={send}>
      <p className="text-sm">The codes there are now stop working.</p>
      <PasswordField focused />
      <CodeField />
    </Form>
  )
}

function SwitchOff({ onDone }: { readonly onDone: () => void }) {
  const { client } = useAccount()
  const send = async (form: FormData) => {
    await client.totp.disable({ password: formText(form, 'password'), code: formText(form, 'code').trim() })
    onDone()
  }
  return (
    <Form label="Switch the authenticator off" submit="Switch off" kind="danger" send={send}>
      <PasswordField focused />
      <CodeField />
    </Form>
  )
}

/** A code of the authenticator, or a recovery code in its place. */
export function CodeField() {
  return <Field name="code" label="Code" hint="Of the authenticator, or a recovery code." autoComplete="off" required />
}
