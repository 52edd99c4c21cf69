import { createPostgresPlaces } from '../testing/postgres-places.ts'
import { describeWatchlistStore } from '../testing/watchlist-store.suite.ts'

const places = createPostgresPlaces(process.env)
const isAbsent = await places.isAbsent()

describeWatchlistStore({ name: 'PostgreSQL', isAbsent, createPlace: places.createPlace })
