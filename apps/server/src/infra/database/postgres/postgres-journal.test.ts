import { describeJournalOn } from '../testing/journal-store-engine.suite.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)
const isAbsent = await places.isAbsent()

describeJournalOn({ name: 'PostgreSQL', isAbsent, createPlace: places.createPlace, instances: 2 })
