import { createPostgresPlaces } from '../testing/postgres-places.ts'
import { describeTradeStore } from '../testing/trades-store.suite.ts'

const places = createPostgresPlaces(process.env)
const isAbsent = await places.isAbsent()

describeTradeStore({ name: 'PostgreSQL', isAbsent, createPlace: places.createPlace })
