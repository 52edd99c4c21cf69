import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/section.tsx'
import { useRefreshPortfolio } from './portfolio-queries.ts'

const phrase = 'delete my portfolio'

/** Erasing everything synced. */
export function DeleteCard() {
  return (
    <Section id="erase" title="Erase">
      <p className="mb-3 text-sm text-muted">
        Every holding, position and daily snapshot of every broker. The journal and the account stay, and so does what
        lies at the brokers.
      </p>
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Delete the portfolio" kind="danger">
          {() => <DeleteForm />}
        </Disclosure>
      </div>
    </Section>
  )
}

function DeleteForm() {
  const { client } = useAccount()
  const refresh = useRefreshPortfolio()
  const [typed, setTyped] = useState('')
  const send = async () => {
    if (typed.trim().toLowerCase() !== phrase) throw new Error(`Type “${phrase}” to confirm.`)
    await client.portfolio.remove()
    refresh()
  }
  return (
    <Form label="Delete the portfolio" submit="Delete it for good" kind="danger" send={send}>
      <p className="text-sm">
        It cannot be brought back: a sync brings what you own today, and no day before. To confirm, type{' '}
        <strong>{phrase}</strong>.
      </p>
      <Field
        name="confirmation"
        label="Confirmation"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        required
        focused
      />
    </Form>
  )
}
