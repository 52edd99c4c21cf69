/** Sectors of the exchanges' lists by the names their indices and the newspapers use. */
const shortNames: Readonly<Record<string, string>> = {
  'Automobile and Auto Components': 'Auto',
  'Capital Goods': 'Capital goods',
  'Construction Materials': 'Materials',
  'Consumer Durables': 'Durables',
  'Consumer Services': 'Cons. services',
  'Fast Moving Consumer Goods': 'FMCG',
  'Financial Services': 'Financials',
  'Information Technology': 'IT',
  'Media Entertainment & Publication': 'Media',
  'Metals & Mining': 'Metals',
  'Oil Gas & Consumable Fuels': 'Oil & gas',
  Telecommunication: 'Telecom',
}

/** Pixels of a letter in a sector's name, about. */
const letterWidth = 6.4

/** Returns a sector's whole name where `room` pixels hold it, else the short one. */
export function sectorName(name: string, room: number): string {
  return room < name.length * letterWidth ? (shortNames[name] ?? name) : name
}
