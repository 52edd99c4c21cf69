import type { FactorsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, AccountRow, NothingYet } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'

type Device = FactorsReply['devices'][number]

/** Devices that programs for the Synapsewave API registered. Only a trusted one counts as a factor. */
export function DevicesCard() {
  const { factors } = useAccount()
  const query = useQuery(factors)
  return (
    <AccountCard
      id="devices"
      title="Registered devices"
      lead="Registered by programs that speak the Synapsewave API. A trusted one counts as a factor there."
    >
      <Loaded query={query} label="Devices are loading" rows={1}>
        {({ devices }) =>
          devices.length === 0 ? (
            <NothingYet>No device is registered.</NothingYet>
          ) : (
            <ul>
              {devices.map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </AccountCard>
  )
}

function DeviceRow({ device }: { readonly device: Device }) {
  const { id, label, trusted, registered_at: registered, last_used_at: used } = device
  const name = label ?? 'Unnamed device'
  const facts = [
    trusted ? 'Trusted' : 'Not trusted: it opens nothing',
    `Registered ${readableMinute(registered)}, ${used === null ? 'never used' : `last used ${readableMinute(used)}`}`,
  ]
  return (
    <AccountRow title={name} facts={facts} roomy>
      {trusted ? null : (
        <Disclosure label="Trust" name={`Trust the device ${name}`}>
          {(close) => <TrustForm id={id} name={name} onDone={close} />}
        </Disclosure>
      )}
      <Disclosure label="Remove" name={`Remove the device ${name}`}>
        {() => <RemoveForm id={id} name={name} />}
      </Disclosure>
    </AccountRow>
  )
}

interface DeviceFormProps {
  readonly id: string
  readonly name: string
}

function TrustForm({ id, name, onDone }: DeviceFormProps & { readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.trustDevice(id, formText(form, 'password'))
    onDone()
    refresh('factors')
  }
  return (
    <Form label={`Trust the device ${name}`} submit="Trust it" send={send}>
      <p className="text-sm">Whoever holds it then needs only one factor more to sign in.</p>
      <PasswordField focused />
    </Form>
  )
}

function RemoveForm({ id, name }: DeviceFormProps) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async () => {
    await client.factors.removeDevice(id)
    refresh('factors')
  }
  return (
    <Form label={`Remove the device ${name}`} submit="Remove it" kind="danger" send={send}>
      <p className="text-sm">It counts no more from the next sign-in on.</p>
    </Form>
  )
}
