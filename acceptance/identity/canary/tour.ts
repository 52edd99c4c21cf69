import { bearer } from '../call.ts'
import {
  arrive,
  changeSecrets,
  signInAndRefresh,
  type Traveller,
  useKeysAndLists,
  useSecondFactor,
} from './tour-accounts.ts'
import { travelKotak } from './tour-kotak.ts'
import { makeMistakes } from './tour-mistakes.ts'
import { type Outside, travelOutside } from './tour-outside.ts'
import { travelSynapsewave } from './tour-synapsewave.ts'
import type { WatchedServer } from './watched-server.ts'

/** Takes a table away while the server runs, and puts it back. */
export interface Breakage {
  away(table: string): Promise<void>
  back(table: string): Promise<void>
}

/** Goes every way through the accounts of a server, right and wrong, with secrets of the vault in every field that can carry one. */
export async function travel(server: WatchedServer, outside: Outside, breakage: Breakage): Promise<void> {
  const arrived = await arrive(server)
  await signInAndRefresh(server, arrived)
  await useSecondFactor(server, arrived)
  const traveller = await changeSecrets(server, arrived)
  await useKeysAndLists(server, traveller)
  const application = await travelKotak(server, traveller)
  await travelSynapsewave(server, traveller, application)
  await travelOutside(server, traveller, application, outside)
  await makeMistakes(server, traveller, application)
  await meetFailures(server, traveller, breakage)
}

/** Calls whose statements the store refuses: what it says of them quotes rows and values. */
async function meetFailures({ say, vault }: WatchedServer, traveller: Traveller, breakage: Breakage): Promise<void> {
  const headers = bearer(traveller.access)
  await breakage.away('api_keys')
  await say(500, '/api/keys', { headers, json: { name: 'Script' } })
  await say(500, `/api/auth/me?api_key=${vault.makeWord('key that cannot be looked up')}`)
  await breakage.back('api_keys')
  await breakage.away('guess_counters')
  const { email } = traveller
  await say(500, '/api/auth/login', { json: { email, password: vault.make('password that cannot be counted') } })
  await breakage.back('guess_counters')
  await breakage.away('steps')
  await say(500, '/api/auth/password/reset', {
    json: { token: vault.make('token that cannot be looked up'), new_password: vault.make('password never set') },
  })
  await breakage.back('steps')
}
