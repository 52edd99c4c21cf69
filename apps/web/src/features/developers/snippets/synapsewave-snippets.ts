import type { Snippet } from './snippet.ts'

const session: Snippet = {
  id: 'session',
  title: 'Open a session',
  note: 'Needs the consumer key of an application as api_key, and your client code. The server sends a code of six digits; with an authenticator, give TOTP and its code instead of OTP.',
  scope: null,
  curl: ({ origin, clientCode, password, consumerKey }) => `base='${origin}/interactive/authentication/v1/user'
call() { curl -sS --fail-with-body -H 'x-api-key: ${consumerKey}' "$@"; }

call "$base/otp/send" -H 'Content-Type: application/json' \\
  -d '{"user_id":"${clientCode}","api_key":"${consumerKey}","source":"WEBAPI"}'

printf '\\nCode: ' && read -r code
token=$(call "$base/session" -H 'Content-Type: application/json' -d '{
  "user_id": "${clientCode}", "api_key": "${consumerKey}", "source": "WEBAPI",
  "login_type": "PASSWORD", "password": "${password}",
  "second_auth_type": "OTP", "second_auth": "'"$code"'"
}' | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')

call "$base/profile" -H "Authorization: Bearer $token"
call -X DELETE "$base/session" -H "Authorization: Bearer $token"
`,
  typescript: ({
    origin,
    clientCode,
    password,
    consumerKey,
  }) => `import { createInterface } from 'node:readline/promises'
import { SynapsewaveSession } from '@banyan/client'

const session = new SynapsewaveSession({
  baseUrl: '${origin}/interactive',
  userId: '${clientCode}',
  apiKey: '${consumerKey}',
})
await session.sendOtp()

const terminal = createInterface({ input: process.stdin, output: process.stdout })
const code = await terminal.question('Code: ')
terminal.close()

await session.login({ password: '${password}', secondAuthType: 'OTP', secondAuth: code })
console.log(await session.profile())
await session.logout()
`,
  python: ({ origin, clientCode, password, consumerKey }) => `import json
from urllib.request import Request, urlopen

base = '${origin}/interactive/authentication/v1/user/'
own = {'user_id': '${clientCode}', 'api_key': '${consumerKey}', 'source': 'WEBAPI'}

def call(method, path, body=None, token=None):
    headers = {'x-api-key': own['api_key']}
    if body:
        headers['Content-Type'] = 'application/json'
    if token:
        headers['Authorization'] = 'Bearer ' + token
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(base + path, data, headers, method=method)) as answer:
        return json.load(answer)

call('POST', 'otp/send', own)
code = input('Code: ')
second = {'second_auth_type': 'OTP', 'second_auth': code}
login = {**own, 'login_type': 'PASSWORD', 'password': '${password}', **second}
token = call('POST', 'session', login)['data']['access_token']

print(call('GET', 'profile', token=token)['data'])
call('DELETE', 'session', token=token)
`,
}

export const synapsewaveSnippets: readonly Snippet[] = [session]
