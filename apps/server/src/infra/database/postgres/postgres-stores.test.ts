import { createPostgresPlaces } from '../testing/postgres-places.ts'
import { describeStores } from '../testing/stores.suite.ts'

const places = createPostgresPlaces(process.env)

describeStores('PostgreSQL', await places.isAbsent(), places.createPlace)
