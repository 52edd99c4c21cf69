import { describeMigrations } from '../testing/migrations.suite.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)

describeMigrations('PostgreSQL', await places.isAbsent(), places.createPlace)
