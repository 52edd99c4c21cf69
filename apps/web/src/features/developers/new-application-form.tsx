import type { NewApplicationReply } from '@banyan/client'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { formText } from '../../lib/form-text.ts'

/** How long an access token of an application lives, in days. */
export const tokenLives = [
  { value: '1', label: '1 day' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const

/** Makes an application and hands over the only reply that has its secret. */
export function NewApplicationForm({ onMade }: { readonly onMade: (application: NewApplicationReply) => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const made = await client.applications.create({
      name: formText(form, 'name'),
      access_token_days: Number(formText(form, 'access_token_days')),
    })
    refresh('applications')
    onMade(made)
  }
  return (
    <Form label="Make an application" submit="Make the application" send={send}>
      <Field name="name" label="Name" maxLength={60} required focused />
      <Select name="access_token_days" label="Life of its access token" options={tokenLives} initial="30" />
    </Form>
  )
}
