/** File shapes the import understands; detected from the header and, where that is not enough, the name. */
const importFormats = [
  'nse-sec-bhavdata',
  'nse-cm-bhav',
  'udiff',
  'ohlcv',
  'index-close-all',
  'instruments-kite',
  'instruments-icici',
  'constituents',
  'instruments-banyan',
  'symbol-map',
  'adjustments',
] as const
export type ImportFormat = (typeof importFormats)[number]
