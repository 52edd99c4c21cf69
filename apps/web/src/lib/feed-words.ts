import type { FeedLink } from './feed-types.ts'
import { istTime } from './ist.ts'

/** What is said of where the prices of the screen come from. `lost` is a fault, the others are not. */
export interface FeedWords {
  readonly kind: 'opening' | 'live' | 'shut' | 'lost'
  readonly text: string
}

/** A stream that has said nothing for so long is gone, whatever the tab that hears it for all believes; it beats every 4.5 s. */
const silenceMs = 16_000

/** Returns how the stream stands, in words. `instead` is the sentence on what is done while it is lost. */
export function feedWords(link: FeedLink, now: number, instead: string): FeedWords {
  if (link.kind === 'opening') return { kind: 'opening', text: 'Live prices are being opened.' }
  if (link.kind === 'lost') return lost(link.since, link.problem, instead)
  if (now - link.beatAt > silenceMs) return lost(link.beatAt, 'The stream fell silent.', instead)
  if (!link.isOpen) return { kind: 'shut', text: 'The market is closed: these are its last prices.' }
  const text = link.mode === 'replay' ? 'Recorded prices, replayed as they came.' : 'Live prices, as they come.'
  return { kind: 'live', text }
}

function lost(since: number, problem: string, instead: string): FeedWords {
  return { kind: 'lost', text: `Live prices lost since ${istTime(since)} IST. ${problem} ${instead}` }
}
