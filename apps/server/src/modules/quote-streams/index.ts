export { createQuoteStreams, type QuoteStreams, streamLimits } from './quote-streams.ts'
export type { QuoteReader, StreamOwner } from './stream-owner.ts'
