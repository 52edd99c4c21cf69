import { brokerName } from './broker-names.ts'

const names: Readonly<Record<string, string>> = {
  replay: 'Replay',
  yahoo: 'Yahoo',
  eod: 'End-of-day files',
}

/** Returns the name of a source of prices for people; one this page does not know keeps its id. */
export const sourceName = (source: string): string => names[source] ?? brokerName(source)
