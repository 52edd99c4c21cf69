import { describeBroker } from '../broker.suite.ts'
import { createBreezeAccounts } from './testing/breeze-accounts.ts'
import { startBreezeServer } from './testing/breeze-server.ts'
import { connectIcici } from './testing/connected-icici.ts'

/** Longer than ICICI's own wait after a rate limit. */
const afterARefusalMs = 61_000

describeBroker('ICICI Direct', async () => {
  const accounts = createBreezeAccounts()
  const server = await startBreezeServer()
  server.answerWith(accounts.vendor)
  const { broker, time, port, skip } = connectIcici(server)
  return {
    broker,
    time,
    accounts: accounts.accounts,
    signIn: accounts.signIn,
    fail(operation, fault) {
      accounts.fail(operation, fault)
      if (fault === null) skip(afterARefusalMs)
    },
    requests: () => server.requests.length,
    secrets: accounts.secrets,
    async close() {
      await port.close()
      await server.close()
    },
  }
})
