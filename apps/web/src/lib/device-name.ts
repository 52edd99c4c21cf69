const browsers = [
  ['Edge', /\bEdg\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /\b(?:Headless)?Chrome\//],
  ['Safari', /\bSafari\//],
] as const

const systems = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

/** Returns `Firefox on Windows` of what a client said of itself, its first word where that is no browser; null stays unknown. */
export function deviceName(userAgent: string | null): string {
  const said = userAgent?.trim() ?? ''
  if (said === '') return 'A program that did not name itself'
  const browser = browsers.find(([, sign]) => sign.test(said))?.[0]
  const system = systems.find(([, sign]) => sign.test(said))?.[0]
  if (browser === undefined) return said.split(/[\s(]/, 1)[0]?.slice(0, 60) ?? said
  return system === undefined ? browser : `${browser} on ${system}`
}
