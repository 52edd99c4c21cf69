import type { KeysReply, NewKeyReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, AccountRow, NothingYet } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { readableMinute } from '../../lib/ist.ts'
import { NewKeyForm, scopeNames } from './new-key-form.tsx'

type Key = KeysReply['keys'][number]

interface KeysCardProps {
  /** The key just made, until the reader has kept it. */
  readonly made: NewKeyReply | null
  readonly onMade: (key: NewKeyReply | null) => void
  /** False for a person who only looks. */
  readonly mayMake: boolean
}

/** API keys: what a program of one's own shows instead of a password. */
export function KeysCard({ made, onMade, mayMake }: KeysCardProps) {
  const { keys } = useAccount()
  const query = useQuery(keys)
  return (
    <AccountCard id="keys" title="API keys" lead="For programs that read: as X-API-Key, or api_key in the address.">
      {made === null ? null : (
        <ShownOnce
          title={`The key “${made.name}”.`}
          secrets={[{ label: 'API key', value: made.key }]}
          fileName="banyan-api-key.txt"
          onKept={() => onMade(null)}
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
                  <KeyRow key={key.id} apiKey={key} onRemoved={() => key.id === made?.id && onMade(null)} />
                ))}
              </ul>
            )}
            <p className="text-xs text-muted">{planSentence(plan)}</p>
          </>
        )}
      </Loaded>
      {mayMake ? (
        <div className="flex flex-wrap gap-2">
          <Disclosure label="Make a key">
            {(close) => (
              <NewKeyForm
                onMade={(key) => {
                  close()
                  onMade(key)
                }}
              />
            )}
          </Disclosure>
        </div>
      ) : null}
    </AccountCard>
  )
}

/** Only what costs the server a call elsewhere is a data call; prices, portfolio and journal are none. */
function planSentence({ name, limit, window, used }: KeysReply['plan']): string {
  if (limit === null || window === null) return `Plan ${name}: as many data calls as you like.`
  return `Plan ${name}: ${used} of ${limit} data calls spent this ${window}. Prices, portfolio and journal spend none.`
}

function KeyRow({ apiKey: key, onRemoved }: { readonly apiKey: Key; readonly onRemoved: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const remove = async () => {
    await client.keys.remove(key.id)
    onRemoved()
    refresh('keys')
  }
  const facts = [
    `${key.prefix}…, ${key.scopes.map((scope) => scopeNames[scope].toLowerCase()).join(', ')}`,
    `${key.last_used_at === null ? 'Never used' : `Last used ${readableMinute(key.last_used_at)}`}, ${endOf(key)}`,
    `Data calls today: ${key.usage_today.data_calls}`,
  ]
  return (
    <AccountRow title={key.name} facts={facts} roomy>
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
