import { ApiError, type SecondFactor } from '@banyan/client'
import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formText } from '../../lib/form-text.ts'
import { hasPasskeys } from '../../lib/passkey.ts'
import { EntryCard } from './entry-card.tsx'
import { PasskeyForm } from './passkey-form.tsx'

interface SecondStepProps {
  readonly needed: SecondFactor
  readonly onEntered: () => void
  /** The step is over and the sign-in begins again, for the reason given. */
  readonly onOver: (reason: string | null) => void
}

type Kind = 'totp' | 'recovery_code'

/** The second factor: six digits, a recovery code or a passkey, whichever the account has. */
export function SecondStep({ needed: { challenge, factors }, onEntered, onOver }: SecondStepProps) {
  const kinds = (['totp', 'recovery_code'] as const).filter((kind) => factors.includes(kind))
  const [kind, setKind] = useState<Kind | undefined>(kinds[0])
  const other = kinds.find((candidate) => candidate !== kind)
  const passkey = factors.includes('passkey') && hasPasskeys()
  return (
    <EntryCard title="One more step" lead="The password is right. Show that it is you.">
      {kind ? <CodeForm key={kind} kind={kind} challenge={challenge} onEntered={onEntered} onOver={onOver} /> : null}
      {passkey ? <PasskeyForm submit="Use a passkey" challenge={challenge} onEntered={onEntered} /> : null}
      {kind === undefined && !passkey ? (
        <p className="text-sm">This account needs a passkey, which this browser does not have.</p>
      ) : null}
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        {other ? <Button onClick={() => setKind(other)}>{otherLabels[other]}</Button> : null}
        <Button onClick={() => onOver(null)}>Begin again</Button>
      </div>
    </EntryCard>
  )
}

const otherLabels = { totp: 'Use the authenticator', recovery_code: 'Use a recovery code' } as const

function CodeForm({ kind, challenge, onEntered, onOver }: Omit<SecondStepProps, 'needed'> & CodeFormProps) {
  const { client } = useAccount()
  const send = async (form: FormData) => {
    try {
      await client.verify({ challenge, code: formText(form, 'code').replace(/\s/g, '') })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'challenge_expired') throw error
      return onOver(error.message)
    }
    onEntered()
  }
  return (
    <Form label="Second factor" submit="Go on" send={send}>
      {kind === 'totp' ? (
        <Field
          name="code"
          label="Code of the authenticator"
          hint="Six digits. Each is good once."
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          focused
        />
      ) : (
        <Field
          name="code"
          label="Recovery code"
          hint="Ten letters and digits. Each is good once."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          focused
        />
      )}
    </Form>
  )
}

interface CodeFormProps {
  readonly kind: Kind
  readonly challenge: string
}
