import type { Snippet } from './snippet.ts'

const mint: Snippet = {
  id: 'token',
  title: 'Make an access token',
  note: 'Needs the consumer key and secret of an application.',
  scope: null,
  curl: ({ origin, consumerKey, consumerSecret }) => `curl -sS --fail-with-body '${origin}/apim/token' \\
  -u '${consumerKey}:${consumerSecret}' \\
  -d 'grant_type=client_credentials'
`,
  typescript: ({ origin, consumerKey, consumerSecret }) => `const answer = await fetch('${origin}/apim/token', {
  method: 'POST',
  headers: { Authorization: 'Basic ' + btoa('${consumerKey}:${consumerSecret}') },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
})
if (!answer.ok) throw new Error(await answer.text())
const { access_token, expires_in } = await answer.json()
console.log(access_token, expires_in)
`,
  python: ({ origin, consumerKey, consumerSecret }) => `import base64
import json
from urllib.request import Request, urlopen

basic = base64.b64encode(b'${consumerKey}:${consumerSecret}').decode()
request = Request('${origin}/apim/token', b'grant_type=client_credentials', {'Authorization': 'Basic ' + basic})
with urlopen(request) as answer:
    reply = json.load(answer)
print(reply['access_token'], reply['expires_in'])
`,
}

const session: Snippet = {
  id: 'session',
  title: 'Open a session',
  note: 'Needs the access token and consumer key of an application, and your client code. The server sends an access code of four digits.',
  scope: null,
  curl: ({ origin, accessToken, consumerKey, clientCode, password }) => `base='${origin}/apim/session/1.0/session'
call() {
  curl -sS --fail-with-body -H 'Authorization: Bearer ${accessToken}' \\
    -H 'consumerKey: ${consumerKey}' -H 'Content-Type: application/json' "$@"
}

token=$(call "$base/login/userid" -d '{"userid":"${clientCode}","password":"${password}"}' |
  sed -n 's/.*"oneTimeToken":"\\([^"]*\\)".*/\\1/p')

printf 'Access code: ' && read -r code
session=$(call "$base/2FA/accesscode" -H "oneTimeToken: $token" \\
  -d "{\\"userid\\":\\"${clientCode}\\",\\"accessCode\\":\\"$code\\"}" |
  sed -n 's/.*"sessionToken":"\\([^"]*\\)".*/\\1/p')

call -X DELETE "$base/logout" -H 'userid: ${clientCode}' -H "sessionToken: $session"
`,
  typescript: ({
    origin,
    accessToken,
    consumerKey,
    clientCode,
    password,
  }) => `import { createInterface } from 'node:readline/promises'
import { KSTradeApi } from '@banyan/client'

const ks = await KSTradeApi.create({
  host: '${origin}/apim',
  accessToken: '${accessToken}',
  consumerKey: '${consumerKey}',
  userid: '${clientCode}',
  ip: '127.0.0.1',
  appId: 'DefaultApplication',
})
await ks.login({ password: '${password}' })

const terminal = createInterface({ input: process.stdin, output: process.stdout })
const accessCode = await terminal.question('Access code: ')
terminal.close()

const session = await ks.session2fa({ accessCode })
console.log(session.clientName, session.enabledSegments)
await ks.logout()
`,
  python: ({ origin, accessToken, consumerKey, clientCode, password }) => `import json
from urllib.request import Request, urlopen

base = '${origin}/apim/session/1.0/session/'
own = {
    'Authorization': 'Bearer ${accessToken}',
    'consumerKey': '${consumerKey}',
    'Content-Type': 'application/json',
}

def call(method, path, headers={}, body=None):
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(base + path, data, {**own, **headers}, method=method)) as answer:
        return json.load(answer)

person = {'userid': '${clientCode}'}
login = call('POST', 'login/userid', body={**person, 'password': '${password}'})['Success']

code = input('Access code: ')
headers = {'oneTimeToken': login['oneTimeToken']}
session = call('POST', '2FA/accesscode', headers, {**person, 'accessCode': code})['success']
print(session['clientName'], session['enabledSegments'])

call('DELETE', 'logout', {**person, 'sessionToken': session['sessionToken']})
`,
}

export const kotakSnippets: readonly Snippet[] = [mint, session]
