export type {
  CandlesReply,
  ErrorBody,
  Health,
  Instrument,
  InstrumentsReply,
  Mover,
  MoversReply,
  Quote,
  QuotesReply,
  Snapshot,
} from '@banyan/contracts'
export { ApiError, ConnectionError } from './api-error.ts'
export {
  type BanyanClient,
  type BanyanClientOptions,
  type CallOptions,
  type CandlesOptions,
  createBanyanClient,
} from './banyan-client.ts'
