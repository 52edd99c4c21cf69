export type { BrokerLine } from './board.ts'
export {
  type BookReport,
  type BrokerSessionsModule,
  createBrokerSessionsModule,
  type GivenCredentials,
} from './broker-sessions-module.ts'
export type { SyncFailure } from './sync-failures.ts'
