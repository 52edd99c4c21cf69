import { describeEdgesOn } from '../testing/edge-store-engine.suite.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)

describeEdgesOn('PostgreSQL', await places.isAbsent(), places.createPlace)
