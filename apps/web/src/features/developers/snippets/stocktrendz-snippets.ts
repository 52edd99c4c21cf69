import type { Snippet } from './snippet.ts'

const prices: Snippet = {
  id: 'prices',
  title: 'Last prices',
  note: 'Open to everybody, 1 to 50 instruments a call. Each price says its source, its time and its age.',
  scope: null,
  curl: ({ origin }) => `curl -sS --fail-with-body '${origin}/api/quotes?symbols=NSE:TCS,NSE:INFY'
`,
  typescript: ({ origin }) => `const answer = await fetch('${origin}/api/quotes?symbols=NSE:TCS,NSE:INFY')
if (!answer.ok) throw new Error(await answer.text())
const { quotes, missing } = await answer.json()
console.log(quotes['NSE:TCS'].last_price, quotes['NSE:TCS'].as_of, missing)
`,
  python: ({ origin }) => `import json
from urllib.request import urlopen

with urlopen('${origin}/api/quotes?symbols=NSE:TCS,NSE:INFY') as answer:
    reply = json.load(answer)
tcs = reply['quotes']['NSE:TCS']
print(tcs['last_price'], tcs['as_of'], reply['missing'])
`,
}

const holdings: Snippet = {
  id: 'holdings',
  title: 'Your holdings',
  note: 'Needs an API key that may read portfolios. Empty until a broker was synced.',
  scope: 'portfolio:read',
  curl: ({ origin, apiKey }) => `curl -sS --fail-with-body '${origin}/api/portfolio/holdings' \\
  -H 'X-API-Key: ${apiKey}'
`,
  typescript: ({ origin, apiKey }) => `const answer = await fetch('${origin}/api/portfolio/holdings', {
  headers: { 'X-API-Key': '${apiKey}' },
})
if (!answer.ok) throw new Error(await answer.text())
const { holdings, summary } = await answer.json()
for (const { instrument, quantity, pnl } of holdings) console.log(instrument, quantity, pnl)
console.log(summary.current_value, summary.total_pnl)
`,
  python: ({ origin, apiKey }) => `import json
from urllib.request import Request, urlopen

request = Request('${origin}/api/portfolio/holdings', headers={'X-API-Key': '${apiKey}'})
with urlopen(request) as answer:
    reply = json.load(answer)
for holding in reply['holdings']:
    print(holding['instrument'], holding['quantity'], holding['pnl'])
print(reply['summary']['current_value'], reply['summary']['total_pnl'])
`,
}

const journal: Snippet = {
  id: 'journal',
  title: 'Your trade journal',
  note: 'Needs an API key that may read the journal. The newest entries come first; next_cursor leads to the older ones.',
  scope: 'journal:read',
  curl: ({ origin, apiKey }) => `curl -sS --fail-with-body '${origin}/api/journal?limit=20' \\
  -H 'X-API-Key: ${apiKey}'
`,
  typescript: ({ origin, apiKey }) => `const answer = await fetch('${origin}/api/journal?limit=20', {
  headers: { 'X-API-Key': '${apiKey}' },
})
if (!answer.ok) throw new Error(await answer.text())
const { entries, next_cursor } = await answer.json()
console.log(entries, next_cursor)
`,
  python: ({ origin, apiKey }) => `import json
from urllib.request import Request, urlopen

request = Request('${origin}/api/journal?limit=20', headers={'X-API-Key': '${apiKey}'})
with urlopen(request) as answer:
    reply = json.load(answer)
print(reply['entries'], reply['next_cursor'])
`,
}

export const stocktrendzSnippets: readonly Snippet[] = [prices, holdings, journal]
