import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from '../banyan-process.ts'
import { bearer, call, callFor } from './call.ts'
import { enrolTotp, goodPassword, register, type SignedIn, signIn } from './people.ts'
import { printedToken } from './printed-token.ts'
import { runCommand } from './run-command.ts'

const home = temporaryFolder()
const environment = {
  BANYAN_HOME: home.path,
  ARGON2_MEMORY_KIB: '19456',
  ARGON2_PASSES: '2',
  REGISTRATION: 'invite',
  REPLAY_START: '15:45',
  REPLAY_LOOP: 'off',
  RATE_LIMIT: 'off',
}
let banyan: BanyanProcess | undefined

afterAll(async () => {
  await banyan?.stop('SIGKILL')
  home.remove()
})

/** Runs `npm run user` and returns what it printed; throws what it complained of. */
async function user(words: readonly string[], password?: string): Promise<string> {
  const { code, out, err } = await runCommand('user', words, environment, {
    input: password === undefined ? '' : `${password}\n`,
  })
  if (code !== 0) throw new Error(err)
  return out
}

const origin = () => banyan?.origin ?? ''
const me = (token: string) =>
  call<{ role?: string; code?: string }>(origin(), '/api/auth/me', { headers: bearer(token) })

describe('npm run user without a server', () => {
  it('makes an account whose password was on standard input, and lists it', async () => {
    const words = ['create', 'early@example.com', 'member', 'Early', 'Bird']
    const made = await runCommand('user', words, environment, { input: `${goodPassword}\n` })
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toMatch(/^early@example\.com is made: member, client code [A-Z0-9]{3,12}\.\n$/)
    expect(await user(['list'])).toMatch(
      /^early@example\.com {2}[A-Z0-9]+ {2}member {2}no second factor {2}never signed in\n$/,
    )
  })

  it.each([
    [['create', 'weak@example.com'], 'password1', /The password .*common/],
    [['create', 'no-address'], goodPassword, /no-address is no e-mail address/],
    [['create', 'early@example.com'], goodPassword, /has an account already/],
    [['lock', 'nobody@example.com'], '', /No account has this/],
    [['role', 'early@example.com', 'king'], '', /The role is one of owner, member, read-only/],
    [['unheard'], '', /npm run user/],
  ])('says what is wrong with %j', async (words, input, complaint) => {
    const { code, out, err } = await runCommand('user', words, environment, { input: `${input}\n` })
    expect(code).not.toBe(0)
    expect(out).toBe('')
    expect(err).toMatch(complaint)
  })
})

describe('a server without an owner', () => {
  beforeAll(async () => {
    banyan = await startBanyan(environment)
  }, 120_000)

  it('prints a token that makes the owner once', async () => {
    const token = await printedToken(() => banyan?.output() ?? '')
    const path = '/api/auth/bootstrap'
    const json = { token, email: 'owner@example.com', password: goodPassword, name: 'Asha' }
    const wrong = { ...json, token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` }
    await callFor(403, origin(), path, { json: wrong })
    const made = await callFor<SignedIn>(201, origin(), path, { json })
    expect((await me(made.body.access)).body.role).toBe('owner')
    await callFor(403, origin(), path, { json: { ...json, email: 'second@example.com' } })
  })
})

describe('npm run user beside a running server', () => {
  const lines = async () => (await user(['list'])).trimEnd().split('\n')

  it('makes accounts the server knows at once', async () => {
    expect(await user(['create', 'late@example.com', 'read-only'], goodPassword)).toContain(
      'late@example.com is made: read-only',
    )
    const { access } = await signIn(origin(), { email: 'late@example.com', password: goodPassword })
    expect((await me(access)).body.role).toBe('read-only')
    expect((await lines()).map((line) => line.split('  ')[0])).toEqual(
      expect.arrayContaining(['early@example.com', 'late@example.com', 'owner@example.com']),
    )
  })

  it('locks: the sessions end at once, and the right password opens nothing until it unlocks', async () => {
    const person = { email: 'early@example.com', password: goodPassword }
    const { access } = await signIn(origin(), person)
    expect(await user(['lock', person.email])).toContain('is locked')
    expect((await me(access)).body.code).toBe('session_revoked')
    await callFor(403, origin(), '/api/auth/login', { json: person })
    expect((await lines()).find((line) => line.startsWith(person.email))).toMatch(/locked$/)
    expect(await user(['unlock', person.email])).toContain('may sign in again')
    await signIn(origin(), person)
  })

  it('unlocks whom wrong guesses shut out', async () => {
    const person = { email: 'early@example.com', password: goodPassword }
    for (let i = 0; i < 5; i++)
      await callFor(401, origin(), '/api/auth/login', { json: { ...person, password: `wrong ${i}` } })
    await callFor(429, origin(), '/api/auth/login', { json: person })
    await user(['unlock', person.email])
    expect((await me((await signIn(origin(), person)).access)).status).toBe(200)
  })

  it('takes every second factor away, by client code as well, and ends the sessions', async () => {
    const person = { email: 'early@example.com', password: goodPassword }
    const signedIn = await signIn(origin(), person)
    await enrolTotp(origin(), { ...person, signedIn })
    await callFor(401, origin(), '/api/auth/login', { json: person })
    const [email, clientCode = ''] = ((await lines()).find((line) => line.startsWith(person.email)) ?? '').split('  ')
    expect(email).toBe(person.email)
    expect(await user(['reset-factors', clientCode.toLowerCase()])).toContain('no second factor any more')
    expect((await me(signedIn.access)).body.code).toBe('session_revoked')
    await signIn(origin(), person)
  })

  it('changes a role, which ends the sessions of the old one, but leaves an owner', async () => {
    const person = { email: 'late@example.com', password: goodPassword }
    const { access } = await signIn(origin(), person)
    expect(await user(['role', person.email, 'member'])).toContain('is member')
    expect((await me(access)).body.code).toBe('session_revoked')
    expect((await me((await signIn(origin(), person)).access)).body.role).toBe('member')
    await expect(user(['role', 'owner@example.com', 'member'])).rejects.toThrow(/owner/)
  })

  it('invites: the token lets one person in, with its role, where strangers may not register', async () => {
    const token = (await user(['invite', 'read-only'])).split('\n')[0]
    const json = { email: 'guest@example.com', password: goodPassword }
    await callFor(403, origin(), '/api/auth/register', { json })
    const made = await callFor<SignedIn>(201, origin(), '/api/auth/register', { json: { ...json, invitation: token } })
    expect((await me(made.body.access)).body.role).toBe('read-only')
    const again = { ...json, email: 'second-guest@example.com', invitation: token }
    expect((await call(origin(), '/api/auth/register', { json: again })).status).toBeGreaterThanOrEqual(400)
  })
})

describe('npm run keys beside a running server', () => {
  const keys = async (words: readonly string[]) => {
    const { code, out, err } = await runCommand('keys', words, environment)
    if (code !== 0) throw new Error(err)
    return out.trimEnd()
  }
  const kidOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')) as { kid: string }).kid

  /** Asks with a token again and again; `stop` tells the statuses seen. */
  function watchToken(token: string) {
    const statuses = new Set<number>()
    let isOver = false
    const asking = (async () => {
      while (!isOver) statuses.add((await me(token)).status)
    })()
    return {
      async stop() {
        isOver = true
        await asking
        return statuses
      },
    }
  }

  it('rotates without signing anybody out, and ends what a dropped key signed', async () => {
    const person = { email: 'late@example.com', password: goodPassword }
    const before = await signIn(origin(), person)
    const [old = ''] = (await keys(['list'])).split('  ')
    expect(kidOf(before.access)).toBe(old)
    const next = (await keys(['rotate'])).split(' ')[0] ?? ''
    expect(await keys(['list'])).toMatch(new RegExp(`^${old} .*\\n${next} `, 'm'))

    const watch = watchToken(before.access)
    let { refresh } = before
    await vi.waitFor(
      async () => {
        refresh = (await callFor<SignedIn>(200, origin(), '/api/auth/refresh', { json: { refresh } })).body.refresh
        expect(kidOf(refresh)).toBe(next)
      },
      { timeout: 40_000, interval: 1_000 },
    )
    expect(await watch.stop()).toEqual(new Set([200]))
    const after = await signIn(origin(), person)
    const published = await callFor<{ keys: { kid: string }[] }>(200, origin(), '/.well-known/jwks.json')
    expect(published.body.keys.map(({ kid }) => kid).sort()).toEqual([old, next].sort())

    await keys(['drop', old])
    await vi.waitFor(async () => expect((await me(before.access)).body.code).toBe('invalid_token'), {
      timeout: 15_000,
      interval: 200,
    })
    expect((await me(after.access)).status).toBe(200)
    await expect(keys(['drop', next])).rejects.toThrow('The only signing key cannot be dropped')
    await expect(keys(['drop', 'unheard'])).rejects.toThrow('no signing key')
  }, 90_000)
})

it('a person who registered first is no owner', async () => {
  const other = temporaryFolder()
  const open = await startBanyan({ ...environment, BANYAN_HOME: other.path, REGISTRATION: 'open' })
  const { signedIn } = await register(open.origin, 'first@example.com')
  const asked = await callFor<{ role: string }>(200, open.origin, '/api/auth/me', { headers: bearer(signedIn.access) })
  expect(asked.body.role).toBe('member')
  const refused = { headers: bearer(signedIn.access), json: { role: 'owner' } }
  await callFor(403, open.origin, '/api/auth/invitations', refused)
  await open.stop('SIGKILL')
  other.remove()
}, 120_000)
