export { createQuoteStreams, type QuoteStreams, type QuoteStreamsParts, streamLimits } from './quote-streams.ts'
export type { QuoteReader, StreamOwner } from './stream-owner.ts'
