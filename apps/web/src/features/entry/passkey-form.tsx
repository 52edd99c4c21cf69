import { useAccount } from '../../app/account.ts'
import { Form } from '../../components/form.tsx'
import { getPasskey } from '../../lib/passkey.ts'

interface PasskeyFormProps {
  readonly submit: string
  /** Of the login whose second step this is; null where the passkey stands alone. */
  readonly challenge: string | null
  readonly onEntered: () => void
}

/** A button that has the browser ask for a passkey. */
export function PasskeyForm({ submit, challenge, onEntered }: PasskeyFormProps) {
  const { client } = useAccount()
  const step = challenge === null ? {} : { challenge }
  const send = async () => {
    const { ticket, options } = await client.passkeyOptions(step)
    await client.passkey({ ticket, response: await getPasskey(options), ...step })
    onEntered()
  }
  return <Form label={submit} submit={submit} kind="quiet" send={send} />
}
