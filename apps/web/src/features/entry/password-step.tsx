import type { SecondFactor } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { hasPasskeys } from '../../lib/passkey.ts'
import { entryLink } from './entry-card.tsx'
import { PasskeyForm } from './passkey-form.tsx'

interface PasswordStepProps {
  readonly onEntered: () => void
  readonly onNeeded: (needed: SecondFactor) => void
}

export function PasswordStep({ onEntered, onNeeded }: PasswordStepProps) {
  const { client } = useAccount()
  const send = async (form: FormData) => {
    const outcome = await client.login({ email: formText(form, 'email'), password: formText(form, 'password') })
    if (outcome.kind === 'second-factor') onNeeded(outcome.needed)
    else onEntered()
  }
  const forgot = (
    <Link to="/forgot" className={`ml-auto text-sm text-muted ${entryLink}`}>
      Forgot the password?
    </Link>
  )
  return (
    <>
      <Form label="Sign in" submit="Sign in" send={send} aside={forgot}>
        <Field name="email" label="E-mail address" type="email" autoComplete="username" required focused />
        <PasswordField />
      </Form>
      {hasPasskeys() ? (
        <div className="border-t border-line pt-4">
          <PasskeyForm submit="Sign in with a passkey" challenge={null} onEntered={onEntered} />
        </div>
      ) : null}
    </>
  )
}
