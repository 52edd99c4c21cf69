import { useAccount } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { formText } from '../../lib/form-text.ts'
import { forgetFragmentToken, useFragmentToken } from '../../lib/fragment-token.ts'
import { EntryCard } from './entry-card.tsx'
import { NewPersonFields } from './new-person-fields.tsx'
import { useEntered } from './use-entered.ts'

/** Makes the owner of a new server with the token it printed at its first start, who then chooses what it shows. */
export function BootstrapPage() {
  const { client } = useAccount()
  const printed = useFragmentToken()
  const entered = useEntered('/sources?first=yes')
  const send = async (form: FormData) => {
    await client.bootstrap({
      token: (printed ?? formText(form, 'token')).trim(),
      email: formText(form, 'email'),
      password: formText(form, 'password'),
      name: formText(form, 'name'),
    })
    entered()
    forgetFragmentToken()
  }
  return (
    <EntryCard
      title="Make this server yours"
      lead="Whoever has the token that the server printed at its first start becomes its owner. It is good once, for 60 minutes."
    >
      <Form label="Become the owner" submit="Become the owner" send={send}>
        {printed === null ? (
          <Field
            name="token"
            label="Bootstrap token"
            hint="22 characters in the window where the server runs. When it is over, start the server again for a new one."
            autoComplete="off"
            spellCheck={false}
            required
          />
        ) : (
          <p className="rounded-md bg-raised px-3 py-2 text-sm">The token came with the link.</p>
        )}
        <NewPersonFields />
      </Form>
    </EntryCard>
  )
}
