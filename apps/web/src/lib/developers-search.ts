export const dialectIds = ['banyan', 'stocktrendz', 'fincrux', 'kotak', 'synapsewave'] as const
export const languages = ['curl', 'typescript', 'python'] as const

export type DialectId = (typeof dialectIds)[number]
export type Language = (typeof languages)[number]

/** What the address of the page for developers restores: whose snippets are shown, in which language. */
export interface DevelopersSearch {
  /** Absent is `banyan`. */
  api?: Exclude<DialectId, 'banyan'>
  /** Absent is `curl`. */
  lang?: Exclude<Language, 'curl'>
}

/** Returns what is well-formed in an address and leaves out the rest. */
export function parseDevelopersSearch(search: Record<string, unknown>): DevelopersSearch {
  const api = dialectIds.find((one) => one === search['api'])
  const lang = languages.find((one) => one === search['lang'])
  return {
    ...(api === undefined || api === 'banyan' ? {} : { api }),
    ...(lang === undefined || lang === 'curl' ? {} : { lang }),
  }
}
