import type { Snippet } from './snippet.ts'

const signIn: Snippet = {
  id: 'sign-in',
  title: 'Sign in with the password',
  note: 'For an account without an authenticator. The access token is good for an hour.',
  scope: null,
  curl: ({ origin, email, password }) => `access=$(curl -sS --fail-with-body '${origin}/api/auth/login' \\
  -H 'Content-Type: application/json' \\
  -d '{"email":"${email}","password":"${password}"}' |
  sed -n 's/.*"access":"\\([^"]*\\)".*/\\1/p')

curl -sS --fail-with-body '${origin}/api/auth/me' -H "Authorization: Bearer $access"
curl -sS --fail-with-body -X POST '${origin}/api/auth/logout' -H "Authorization: Bearer $access"
`,
  typescript: ({
    origin,
    email,
    password,
  }) => `async function call(method: string, path: string, access?: string, body?: object) {
  const answer = await fetch('${origin}/api/auth/' + path, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(access && { Authorization: \`Bearer \${access}\` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

const { access } = await call('POST', 'login', undefined, { email: '${email}', password: '${password}' })
console.log(await call('GET', 'me', access))
await call('POST', 'logout', access)
`,
  python: ({ origin, email, password }) => `import json
from urllib.request import Request, urlopen

def call(method, path, access=None, body=None):
    headers = {'Content-Type': 'application/json'} if body else {}
    if access:
        headers['Authorization'] = 'Bearer ' + access
    data = json.dumps(body).encode() if body else None
    with urlopen(Request('${origin}/api/auth/' + path, data, headers, method=method)) as answer:
        return json.load(answer)

access = call('POST', 'login', body={'email': '${email}', 'password': '${password}'})['access']
print(call('GET', 'me', access))
call('POST', 'logout', access)
`,
}

const secondFactor: Snippet = {
  id: 'second-factor',
  title: 'Sign in with an authenticator',
  note: 'The right password is answered by 401 and a challenge; the six digits, or a recovery code, open the session.',
  scope: null,
  curl: ({ origin, email, password }) => `challenge=$(curl -sS '${origin}/api/auth/login' \\
  -H 'Content-Type: application/json' \\
  -d '{"email":"${email}","password":"${password}"}' |
  sed -n 's/.*"challenge":"\\([^"]*\\)".*/\\1/p')

printf 'Code of the authenticator: ' && read -r code
access=$(curl -sS --fail-with-body '${origin}/api/auth/login/verify' \\
  -H 'Content-Type: application/json' \\
  -d "{\\"challenge\\":\\"$challenge\\",\\"code\\":\\"$code\\"}" |
  sed -n 's/.*"access":"\\([^"]*\\)".*/\\1/p')

curl -sS --fail-with-body '${origin}/api/auth/me' -H "Authorization: Bearer $access"
`,
  typescript: ({ origin, email, password }) => `import { createInterface } from 'node:readline/promises'

async function post(path: string, body: object) {
  const answer = await fetch('${origin}/api/auth/' + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const reply = await answer.json()
  if (answer.ok || reply.challenge) return reply
  throw new Error(reply.message)
}

const { challenge } = await post('login', { email: '${email}', password: '${password}' })
const terminal = createInterface({ input: process.stdin, output: process.stdout })
const code = await terminal.question('Code of the authenticator: ')
terminal.close()
const { access } = await post('login/verify', { challenge, code })

const me = await fetch('${origin}/api/auth/me', { headers: { Authorization: \`Bearer \${access}\` } })
console.log(await me.json())
`,
  python: ({ origin, email, password }) => `import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

def post(path, body):
    headers = {'Content-Type': 'application/json'}
    try:
        answer = urlopen(Request('${origin}/api/auth/' + path, json.dumps(body).encode(), headers))
    except HTTPError as refusal:
        answer = refusal
    reply = json.load(answer)
    if answer.status >= 400 and 'challenge' not in reply:
        raise SystemExit(reply['message'])
    return reply

challenge = post('login', {'email': '${email}', 'password': '${password}'})['challenge']
code = input('Code of the authenticator: ')
access = post('login/verify', {'challenge': challenge, 'code': code})['access']

request = Request('${origin}/api/auth/me', headers={'Authorization': 'Bearer ' + access})
print(json.load(urlopen(request)))
`,
}

export const fincruxSnippets: readonly Snippet[] = [signIn, secondFactor]
