import type { Snippet } from './snippet.ts'

const candles: Snippet = {
  id: 'candles',
  title: 'Candles',
  note: 'Open to everybody. Oldest first, adjusted for splits and bonuses unless adjusted=false.',
  scope: null,
  curl: ({ origin }) => `curl -sS --fail-with-body '${origin}/api/candles/NSE:TCS?interval=week&from=2024-01-01'
`,
  typescript: ({ origin }) => `import { createBanyanClient } from '@banyan/client'

const banyan = createBanyanClient({ baseUrl: '${origin}' })
const { candles } = await banyan.candles('NSE:TCS', { interval: 'week', from: '2024-01-01' })
console.log(candles.length, candles.at(-1))
`,
  python: ({ origin }) => `import json
from urllib.request import urlopen

with urlopen('${origin}/api/candles/NSE:TCS?interval=week&from=2024-01-01') as answer:
    candles = json.load(answer)['candles']
print(len(candles), candles[-1:])
`,
}

const live: Snippet = {
  id: 'live',
  title: 'Live prices',
  note: 'Open to everybody up to 50 instruments, with a credential up to 500. All prices at first, then those that change. Each stops after the first event.',
  scope: null,
  curl: ({ origin }) => `id=$(curl -sS --fail-with-body '${origin}/api/stream' \\
  -H 'Content-Type: application/json' \\
  -d '{"symbols":["NSE:TCS","NSE:INFY"]}' |
  sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p')

curl -sSN --fail-with-body "${origin}/api/stream?id=$id" | head -n 2 # without head it goes on
`,
  typescript: ({ origin }) => `import { createBanyanClient } from '@banyan/client'

const banyan = createBanyanClient({ baseUrl: '${origin}' })
for await (const event of banyan.streamQuotes(['NSE:TCS', 'NSE:INFY'])) {
  if (event.kind !== 'quotes') continue
  for (const [instrument, { last_price, as_of }] of Object.entries(event.quotes)) {
    console.log(instrument, last_price, as_of)
  }
  break // without it, it goes on
}
`,
  python: ({ origin }) => `import json
from urllib.request import Request, urlopen

body = json.dumps({'symbols': ['NSE:TCS', 'NSE:INFY']}).encode()
request = Request('${origin}/api/stream', body, {'Content-Type': 'application/json'})
stream_id = json.load(urlopen(request))['id']

with urlopen('${origin}/api/stream?id=' + stream_id) as stream:
    for line in stream:
        if line.startswith(b'data: '):
            print(json.loads(line[6:]))
            break  # without it, it goes on
`,
}

export const banyanSnippets: readonly Snippet[] = [candles, live]
