import type { NewKeyReply } from '@banyan/client'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { pageClock } from '../../lib/clock.ts'
import { formText } from '../../lib/form-text.ts'

type Scope = NewKeyReply['scopes'][number]

export const scopeNames: Readonly<Record<Scope, string>> = {
  'market:read': 'Read market data',
  'portfolio:read': 'Read portfolios',
  'journal:read': 'Read the journal',
}

const scopes = Object.keys(scopeNames) as Scope[]

const lives = [
  { value: '', label: 'Never ends' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const

/** Makes an API key and hands over the only reply that has it. */
export function NewKeyForm({ onMade }: { readonly onMade: (key: NewKeyReply) => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const made = await client.keys.create({
      name: formText(form, 'name'),
      scopes: scopes.filter((scope) => form.getAll('scopes').includes(scope)),
      expires_at: endAfter(formText(form, 'days')),
    })
    refresh('keys')
    onMade(made)
  }
  return (
    <Form label="Make an API key" submit="Make the key" send={send}>
      <Field
        name="name"
        label="Name"
        hint="To recognise it by, such as the program’s."
        maxLength={60}
        required
        focused
      />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-sm font-medium">May</legend>
        {scopes.map((scope) => (
          <label key={scope} className="flex items-center gap-2">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              defaultChecked={scope === 'market:read'}
              className="size-4"
            />
            {scopeNames[scope]}
          </label>
        ))}
      </fieldset>
      <Select name="days" label="Life" options={lives} />
    </Form>
  )
}

function endAfter(days: string): string | null {
  return days === '' ? null : new Date(pageClock.now() + Number(days) * 86_400_000).toISOString()
}
