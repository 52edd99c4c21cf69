import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { leaveAccount, useAccount } from '../../app/account.ts'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { NewPasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { forgetFragmentToken, useFragmentToken } from '../../lib/fragment-token.ts'
import { EntryCard, entryLink } from './entry-card.tsx'

/** Sets a new password with the token of a mailed link. */
export function ResetPage() {
  const { client } = useAccount()
  const queries = useQueryClient()
  const token = useFragmentToken()
  const [answer, setAnswer] = useState<string | null>(null)
  if (answer !== null && token === null)
    return (
      <EntryCard title="New password" lead={<p role="status">{answer} Every session has ended.</p>}>
        <Link to="/sign-in" className={entryLink}>
          Sign in
        </Link>
      </EntryCard>
    )
  if (token === null)
    return (
      <EntryCard title="New password">
        <Notice kind="failed" title="The link is incomplete">
          Open the link of the mail once more, or{' '}
          <Link to="/forgot" className={entryLink}>
            have a new one mailed
          </Link>
          .
        </Notice>
      </EntryCard>
    )
  const send = async (form: FormData) => {
    const { message } = await client.password.reset({ token, new_password: formText(form, 'new_password') })
    setAnswer(message)
    forgetFragmentToken()
    leaveAccount(queries)
  }
  const another = (
    <Link to="/forgot" className={`ml-auto text-sm text-muted ${entryLink}`}>
      Have a new link mailed
    </Link>
  )
  return (
    <EntryCard title="New password" lead="It ends every session of the account. An authenticator stays as it is.">
      <Form label="Set a new password" submit="Set the password" send={send} aside={another}>
        <NewPasswordField name="new_password" label="New password" />
      </Form>
    </EntryCard>
  )
}
