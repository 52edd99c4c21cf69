import type { KeysReply, NewKeyReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { readableMinute } from '../../lib/ist.ts'
import { AccountCard, AccountRow, NothingYet } from './account-card.tsx'
import { NewKeyForm, scopeNames } from './new-key-form.tsx'

type Key = KeysReply['keys'][number]

/** API keys: what a program of one's own shows instead of a password. */
export function KeysCard() {
  const { keys } = useAccount()
  const query = useQuery(keys)
  const [made, setMade] = useState<NewKeyReply | null>(null)
  return (
    <AccountCard id="keys" title="API keys" lead="For programs that read: as X-API-Key, or api_key in the address.">
      {made === null ? null : (
        <ShownOnce
          title={`The key “${made.name}”.`}
          secrets={[{ label: 'API key', value: made.key }]}
          fileName="banyan-api-key.txt"
          onKept={() => setMade(null)}
        />
      )}
      <Loaded query={query} label="API keys are loading" rows={2}>
        {({ keys: list, plan }) => (
          <>
            {list.length === 0 ? (
              <NothingYet>No API key yet.</NothingYet>
            ) : (
              <ul>
                {list.map((key) => (
                  <KeyRow key={key.id} apiKey={key} />
                ))}
              </ul>
            )}
            <p className="text-xs text-muted">{planSentence(plan)}</p>
          </>
        )}
      </Loaded>
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Make a key">
          {(close) => (
            <NewKeyForm
              onMade={(key) => {
                close()
                setMade(key)
              }}
            />
          )}
        </Disclosure>
      </div>
    </AccountCard>
  )
}

function planSentence({ name, limit, window, used }: KeysReply['plan']): string {
  if (limit === null || window === null) return `Plan ${name}: calls are not counted.`
  return `Plan ${name}: ${used} of ${limit} calls used this ${window}.`
}

function KeyRow({ apiKey: key }: { readonly apiKey: Key }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const remove = async () => {
    await client.keys.remove(key.id)
    refresh('keys')
  }
  const facts = [
    `${key.prefix}…, ${key.scopes.map((scope) => scopeNames[scope].toLowerCase()).join(', ')}`,
    `${key.last_used_at === null ? 'Never used' : `Last used ${readableMinute(key.last_used_at)}`}, ${endOf(key)}`,
  ]
  return (
    <AccountRow title={key.name} facts={facts}>
      <Disclosure label="Remove" name={`Remove the key ${key.name}`}>
        {() => (
          <Form label={`Remove the key ${key.name}`} submit="Remove for good" kind="danger" send={remove}>
            <p className="text-sm">Programs that use it are refused from their next call on.</p>
          </Form>
        )}
      </Disclosure>
    </AccountRow>
  )
}

const endOf = ({ expires_at: end }: Key) => (end === null ? 'never ends' : `ends ${readableMinute(end)}`)
