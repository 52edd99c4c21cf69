import { Link } from '@tanstack/react-router'
import { useAccount } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formText } from '../../lib/form-text.ts'
import { forgetFragmentToken, useFragmentToken } from '../../lib/fragment-token.ts'
import { EntryCard, entryLink } from './entry-card.tsx'
import { NewPersonFields } from './new-person-fields.tsx'
import { useEntered } from './use-entered.ts'

/** A new account. Whether this server takes one, only its answer tells. */
export function RegisterPage() {
  const { client } = useAccount()
  const invited = useFragmentToken()
  const entered = useEntered('/account')
  const send = async (form: FormData) => {
    const invitation = formText(form, 'invitation').trim()
    await client.register({
      email: formText(form, 'email'),
      password: formText(form, 'password'),
      name: formText(form, 'name'),
      ...(invitation === '' ? {} : { invitation }),
    })
    entered()
    forgetFragmentToken()
  }
  return (
    <EntryCard title="Make an account" lead="It lives on this server alone.">
      <Form label="Make an account" submit="Make the account" send={send}>
        <NewPersonFields />
        <Field
          name="invitation"
          label="Invitation"
          hint="Only where this server asks for one."
          defaultValue={invited ?? ''}
          autoComplete="off"
          spellCheck={false}
        />
      </Form>
      <p className="text-sm text-muted">
        <Link to="/sign-in" className={entryLink}>
          Sign in instead
        </Link>
      </p>
    </EntryCard>
  )
}
