import { describeBroker } from '../broker.suite.ts'
import { createUpstreamPort } from '../http/index.ts'
import { createManualTime } from '../memory/manual-time.ts'
import { zerodhaLimits, zerodhaOperations } from './operations.ts'
import { startKiteHouse } from './testing/kite-house.ts'
import { morning } from './testing/opened-session.ts'
import { createZerodha } from './zerodha-broker.ts'

describeBroker('Zerodha', async () => {
  const time = createManualTime(morning)
  const house = await startKiteHouse(time)
  const port = createUpstreamPort({
    provider: 'zerodha',
    hosts: { rest: house.server.url },
    operations: Object.values(zerodhaOperations),
    // The suite asks more often than a person may.
    limits: { ...zerodhaLimits, all: { ...zerodhaLimits.all, calls: 100_000 } },
    clock: { now: () => Date.now() },
    allowPrivate: true,
    deadlines: { retryMs: [1, 2] },
  })
  return {
    broker: createZerodha({ port, clock: time, limitKeyOf: (key) => key.reveal() }),
    time,
    accounts: ['AB1234', 'CD5678'],
    signIn: house.signIn,
    fail: house.fail,
    requests: () => house.server.requests.length,
    secrets: house.secrets,
    async close() {
      await port.close()
      await house.server.close()
    },
  }
})
