export type {
  AnalysisReply,
  Application,
  ApplicationsReply,
  ApplicationTokenReply,
  AuditReply,
  BookGroup,
  BookOfBroker,
  BookReply,
  BookRow,
  BrokerConnectBody,
  BrokerFailure,
  BrokerLine,
  BrokerSignInReply,
  BrokerSyncReply,
  BrokersReply,
  CandlesReply,
  ErrorBody,
  FactorsReply,
  Health,
  Holding,
  HoldingsReply,
  IciciStatus,
  IciciSyncReply,
  Instrument,
  InstrumentPatternsReply,
  InstrumentsReply,
  InvitationReply,
  JournalDraft,
  JournalDraftsReply,
  JournalEntry,
  JournalEntryBody,
  JournalFigures,
  JournalImportReply,
  JournalReply,
  JournalStatisticsReply,
  KeysReply,
  LoginReply,
  MarketMapReply,
  MarketMapShare,
  MatchesReply,
  MeReply,
  Mover,
  MoversReply,
  NewApplicationReply,
  NewKeyReply,
  OutboxReply,
  Passkey,
  PasskeyOptions,
  PatternsReply,
  PnlReply,
  PortfolioDeletedReply,
  PortfolioImportReply,
  Position,
  PositionsReply,
  Quote,
  QuotesReply,
  RefreshReply,
  ReturnsReply,
  Session,
  SessionsReply,
  SignalsReply,
  Snapshot,
  SsoLink,
  TotpEnabledReply,
  TotpSecretReply,
  Watchlist,
  WatchlistsReply,
  ZerodhaStatus,
  ZerodhaSyncReply,
} from '@banyan/contracts'
export type { JournalFilter } from './account/journal.ts'
export type { ProfileChanges } from './account/profile.ts'
export type { LoginOutcome, SecondFactor } from './account/sign-in.ts'
export type { MatchesOptions, PatternsOptions, SignalSort, SignalsOptions } from './analysis-calls.ts'
export { ApiError, ConnectionError } from './api-error.ts'
export {
  type BanyanClient,
  type BanyanClientOptions,
  type CallOptions,
  type CandlesOptions,
  createBanyanClient,
} from './banyan-client.ts'
export { KsApiError, type KsFault, KsValueError } from './kotak/ks-error.ts'
export type { KSTradeApiOptions } from './kotak/ks-options.ts'
export type { KsInit, KsLogin, KsLogout, KsSession } from './kotak/ks-replies.ts'
export { KSTradeApi } from './kotak/ks-trade-api.ts'
export type { StreamEvent } from './stream-quotes.ts'
export { SynapsewaveError } from './synapsewave/synapsewave-error.ts'
export type { SynapsewaveDevice, SynapsewaveDeviceInfo, SynapsewaveLogin } from './synapsewave/synapsewave-login.ts'
export type { SynapsewaveOptions } from './synapsewave/synapsewave-options.ts'
export type {
  SynapsewaveBank,
  SynapsewaveOthers,
  SynapsewaveOtpSent,
  SynapsewaveProfile,
  SynapsewaveRegistration,
  SynapsewaveTotp,
  SynapsewaveUser,
} from './synapsewave/synapsewave-replies.ts'
export { SynapsewaveSession } from './synapsewave/synapsewave-session.ts'
