import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formText } from '../../lib/form-text.ts'
import { EntryCard, entryLink } from './entry-card.tsx'

/** Has a link mailed for a new password. The answer is the same whether the address has an account or not. */
export function ForgotPage() {
  const { client } = useAccount()
  const [answer, setAnswer] = useState<string | null>(null)
  const send = async (form: FormData) => {
    const { message } = await client.password.forgot(formText(form, 'email'))
    setAnswer(message)
  }
  return (
    <EntryCard title="Forgot the password" lead="The link in the mail is good for 30 minutes and once.">
      {answer === null ? (
        <Form label="Have a link mailed" submit="Mail a link" send={send}>
          <Field name="email" label="E-mail address" type="email" autoComplete="username" required focused />
        </Form>
      ) : (
        <p role="status" className="rounded-md bg-raised px-3 py-2">
          {answer}
        </p>
      )}
      <p className="text-sm text-muted">
        <Link to="/sign-in" className={entryLink}>
          Back to the sign-in
        </Link>
      </p>
    </EntryCard>
  )
}
