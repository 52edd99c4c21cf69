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

/** Returns a sector's name for where the whole one does not fit. */
export function shortSector(name: string): string {
  return shortNames[name] ?? name
}
