import { describePortfolioStore } from '../testing/portfolio-store.suite.ts'
import { createPostgresPlaces } from '../testing/postgres-places.ts'

const places = createPostgresPlaces(process.env)
const isAbsent = await places.isAbsent()

describePortfolioStore({ name: 'PostgreSQL', isAbsent, createPlace: places.createPlace })
