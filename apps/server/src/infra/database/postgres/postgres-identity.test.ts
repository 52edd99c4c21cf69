import { describeIdentityStore } from '../testing/identity-store.suite.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)
const isAbsent = await places.isAbsent()

describeIdentityStore({ name: 'PostgreSQL', isAbsent, createPlace: places.createPlace, instances: 2 })
