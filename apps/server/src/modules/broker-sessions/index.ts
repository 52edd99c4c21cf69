export type { BrokerLine, BrokerState } from './board.ts'
export {
  type BookReport,
  type BookSync,
  type BrokerSessionsModule,
  type BrokerSessionsParts,
  createBrokerSessionsModule,
  type GivenCredentials,
} from './broker-sessions-module.ts'
