import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../../acceptance/banyan-process.ts'
import { mailedCode } from '../../../../acceptance/identity/mailbox.ts'
import { dialects } from '../features/developers/snippets/dialects.ts'
import { placeholders, type Snippet, type SnippetValues } from '../features/developers/snippets/snippet.ts'
import { type Language, languages } from '../lib/developers-search.ts'
import { authenticatorCode } from './authenticator.ts'
import { goodPassword, startRealServer } from './open-account.ts'
import { reasonToSkip } from './open-page.ts'
import { startRecordingProxy } from './recording-proxy.ts'
import { prepareFolder, reasonNotToRun, runSnippet } from './run-snippet.ts'
import { signedInClient } from './signed-in-client.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The snippets are not run because ${reason}.`)
const { server } = startRealServer(skip)
const folder = temporaryFolder()
beforeAll(() => prepareFolder(folder.path))
afterAll(() => folder.remove())

/** A person with everything a snippet can ask for. */
async function newReader(origin: string) {
  const email = await server().newPerson('Reader')
  const client = await signedInClient(origin, email)
  const { client_code: clientCode } = await client.me()
  const { key: apiKey } = await client.keys.create({ name: 'Snippets', scopes: ['portfolio:read', 'journal:read'] })
  const application = await client.applications.create({ name: 'Snippets' })
  const values: Omit<SnippetValues, 'origin'> = {
    apiKey,
    email,
    password: goodPassword,
    clientCode,
    consumerKey: application.consumer_key,
    consumerSecret: application.consumer_secret,
    accessToken: application.access_token,
  }
  return { client, values }
}

type Reader = Awaited<ReturnType<typeof newReader>>

/** Returns what the reader types when the program asks. */
async function answerFor(snippet: Snippet, { client, values }: Reader): Promise<(() => Promise<string>) | null> {
  if (snippet.id === 'session') return () => server().mailbox.next(values.email, mailedCode)
  if (snippet.id !== 'second-factor') return null
  const { secret } = await client.totp.enrol(goodPassword)
  const { recovery_codes: codes } = await client.totp.confirm(authenticatorCode(secret, Date.now()))
  return () => Promise.resolve(codes[0] ?? '')
}

/** The one refusal that belongs to a snippet: a right password that is not enough. */
const challenge = 'POST /api/auth/login 401'

async function callsOf(snippet: Snippet, language: Language) {
  const proxy = await startRecordingProxy(server().origin)
  try {
    const reader = await newReader(server().origin)
    const answer = await answerFor(snippet, reader)
    const text = snippet[language]({ ...reader.values, origin: proxy.origin })
    const run = await runSnippet({ language, text, folder: folder.path, answer })
    const refused = proxy.passed.filter((call) => !/ 2\d\d$/.test(call))
    return { ...run, refused, calls: proxy.passed.length }
  } finally {
    await proxy.close()
  }
}

for (const language of languages) {
  const missing = reasonNotToRun(language)
  if (missing !== null) console.warn(`The snippets in ${language} are not run because ${missing}.`)
  describe.skipIf(skip || missing !== null)(`the snippets in ${language}, filled in`, () => {
    for (const { name, snippets } of dialects)
      for (const snippet of snippets)
        it(`run against a real server: ${name}, ${snippet.title.toLowerCase()}`, async () => {
          const { exitCode, stderr, stdout, refused, calls } = await callsOf(snippet, language)
          expect({ exitCode, stderr, refused }).toEqual({
            exitCode: 0,
            stderr: expect.not.stringMatching(/error/i),
            refused: snippet.id === 'second-factor' ? [challenge] : [],
          })
          expect(calls).toBeGreaterThan(0)
          expect(stdout).not.toBe('')
        })
  })
}

describe('a snippet', () => {
  const blank = { ...placeholders, origin: 'https://banyan.example' }

  it('names this server alone, and every secret by a name in its place', () => {
    const texts = dialects.flatMap(({ snippets }) =>
      snippets.flatMap((one) => languages.map((lang) => one[lang](blank))),
    )
    expect(texts).toHaveLength(30)
    const addresses = texts.flatMap((text) => text.match(/https?:\/\/[^/'"\s]+/g) ?? [])
    expect(new Set(addresses)).toEqual(new Set(['https://banyan.example']))
    expect(texts.filter((text) => /'undefined|undefined'|\[object|bny_/.test(text))).toEqual([])
  })

  it('that asks for an API key shows the one it is given, and needs no other secret', () => {
    const withKey = dialects.flatMap(({ snippets }) => snippets.filter(({ scope }) => scope !== null))
    expect(withKey.map(({ id }) => id)).toEqual(['holdings', 'journal'])
    for (const snippet of withKey)
      for (const language of languages) {
        const text = snippet[language]({ ...blank, apiKey: 'the-key' })
        expect(text).toContain('the-key')
        expect(text).not.toContain('YOUR_')
      }
  })
})
