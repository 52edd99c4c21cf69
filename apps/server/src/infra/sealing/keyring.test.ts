import { type ChildProcess, spawn } from 'node:child_process'
import { sign, verify } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { createManualTime } from '@banyan/brokers/memory'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigurationRefusedError } from '../database/start-errors.ts'
import { openKeyFolder } from './keyring.ts'

const start = Date.UTC(2026, 2, 12, 6)
const dayMs = 86_400_000
const home = mkdtempSync(join(tmpdir(), 'banyan-keys-'))
let folders = 0

afterAll(() => rmSync(home, { recursive: true }))

const newFolder = () => join(home, `keys-${folders++}`)
const modeOf = (path: string) => statSync(path).mode & 0o777

function openNew() {
  const folder = newFolder()
  const time = createManualTime(start)
  return { folder, time, keys: openKeyFolder(folder, time), signing: join(folder, 'signing.json') }
}

/** Changes one file of a folder in use and returns what opening it then says. */
function refusalOf(name: 'pepper.json' | 'signing.json', change: (content: string) => string): string {
  const { folder, time } = openNew()
  const file = join(folder, name)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  try {
    openKeyFolder(folder, time)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationRefusedError)
    expect(error).toMatchObject({ exitCode: 78 })
    expect(inspect(error)).not.toMatch(/[A-Za-z0-9_-]{43}/)
    return (error as Error).message.replace(file, '<file>')
  }
  throw new Error('the folder was opened')
}

describe('the folder of keys', () => {
  it('is made at the first start for its owner alone, and gives the same secrets at the next', () => {
    const { folder, time, keys } = openNew()
    expect(readdirSync(folder).sort()).toEqual(['pepper.json', 'signing.json'])
    expect(modeOf(folder)).toBe(0o700)
    for (const name of readdirSync(folder)) expect(modeOf(join(folder, name))).toBe(0o600)
    const again = openKeyFolder(folder, time)
    expect(again.mac('test', 'a')).toEqual(keys.mac('test', 'a'))
    expect(again.open('test', keys.seal('test', 'text', 'row 1'), 'row 1')).toBe('text')
    expect(again.pinPepper()).toEqual(keys.pinPepper())
    expect([again.fingerprint(), again.issuer]).toEqual([keys.fingerprint(), keys.issuer])
    expect(again.signingKeys().current.kid).toBe(keys.signingKeys().current.kid)
  })

  it('differs from every other installation’s, and its fingerprint tells nothing of what is in it', () => {
    const [a, b] = [openNew(), openNew()]
    expect(a.keys.fingerprint()).not.toBe(b.keys.fingerprint())
    expect(a.keys.issuer).not.toBe(b.keys.issuer)
    expect(a.keys.mac('test', 'a')).not.toEqual(b.keys.mac('test', 'a'))
    expect(() => b.keys.open('test', a.keys.seal('test', 'text', 'row'), 'row')).toThrow('changed or belongs elsewhere')
    const pepper = readFileSync(join(a.folder, 'pepper.json'), 'utf8')
    expect(a.keys.fingerprint()).toMatch(/^[0-9a-f]{16}$/)
    expect(a.keys.issuer).toMatch(/^banyan-[0-9a-f]{8}$/)
    expect(pepper).not.toContain(a.keys.fingerprint())
  })

  it('prints none of its private keys', () => {
    const { keys, signing } = openNew()
    const printed =
      inspect([keys, keys.signingKeys()], { depth: 9, showHidden: true }) + JSON.stringify(keys.signingKeys())
    const [key] = (JSON.parse(readFileSync(signing, 'utf8')) as { keys: { jwk: { d: string } }[] }).keys
    expect(key?.jwk.d).toHaveLength(43)
    expect(printed).not.toContain(key?.jwk.d)
  })

  it('refuses files others may read and a folder others may write to, and says what to do', () => {
    for (const mode of [0o644, 0o640, 0o604, 0o620, 0o601]) {
      for (const name of ['pepper.json', 'signing.json']) {
        const { folder, time } = openNew()
        chmodSync(join(folder, name), mode)
        expect(() => openKeyFolder(folder, time)).toThrow(
          new RegExp(`${name} holds keys and others may read it. Run: chmod 600`),
        )
      }
    }
    const { folder, time } = openNew()
    chmodSync(folder, 0o770)
    expect(() => openKeyFolder(folder, time)).toThrow(ConfigurationRefusedError)
    chmodSync(folder, 0o755)
    expect(openKeyFolder(folder, time).issuer).toMatch(/^banyan-/)
  })

  it('refuses keys that are too short, too weak, damaged or missing, without quoting them', () => {
    const short = Buffer.alloc(31, 7).toString('base64url')
    const shortened = (content: string) => content.replace(/"key": "[^"]+"/, `"key": "${short}"`)
    expect(refusalOf('pepper.json', shortened)).toContain('<file> has a key shorter than 256 bit')
    expect(refusalOf('pepper.json', (text) => text.replace('"current": "k1"', '"current": "k2"'))).toContain(
      'current key',
    )
    expect(refusalOf('pepper.json', (text) => text.replace(/"key": "/, '"key": "?'))).toContain('not base64url')
    expect(refusalOf('signing.json', (text) => text.replace(/"d": "[^"]+"/, `"d": "${short}"`))).toContain(
      'not of 256 bit',
    )
    expect(refusalOf('signing.json', (text) => text.replace('EdDSA', 'HS256'))).toContain('not Ed25519')
    expect(refusalOf('signing.json', (text) => text.replace(/"x": "./, '"x": "'))).toContain('do not belong together')
    expect(
      refusalOf('signing.json', (text) => text.replace('"retired_at": null', '"retired_at": "2026-03-12T06:00:00Z"')),
    ).toContain('not retired')
    for (const name of ['pepper.json', 'signing.json'] as const) {
      for (const damaged of [
        '',
        '[]',
        'null',
        '{}',
        '{"id":"0123456789abcdef","issuer":"banyan-01234567","keys":[7]}',
      ]) {
        expect(refusalOf(name, () => damaged)).toMatch(/^<file> .* Restore it from your backup of the keys\.$/)
      }
      expect(refusalOf(name, (text) => text.slice(0, -20))).toContain('is not a JSON object')
      expect(refusalOf(name, () => ' '.repeat(70_000))).toContain('larger than 64 KiB')
    }
  })

  it('leaves nothing half-written behind, and is not misled by what a killed process left', () => {
    const folder = newFolder()
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(folder, 'pepper.json.0011.partial'), '{"id":', { mode: 0o600 })
    const keys = openKeyFolder(folder, createManualTime(start))
    keys.rotate()
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual(['pepper.json.0011.partial'])
  })
})

describe('several processes on one folder', () => {
  async function startAll(
    count: number,
    folder: string,
    rotations: number,
  ): Promise<{ fingerprint: string; issuer: string }[]> {
    const script = fileURLToPath(new URL('./testing/use-keys.ts', import.meta.url))
    const children: ChildProcess[] = []
    const outputs = await Promise.all(
      Array.from({ length: count }, async () => {
        const child = spawn(process.execPath, [script, folder, String(rotations)], {
          stdio: ['pipe', 'pipe', 'inherit'],
        })
        children.push(child)
        expect(String((await once(child.stdout, 'data'))[0])).toBe('ready')
        return { child, output: text(child.stdout) }
      }),
    )
    for (const { child } of outputs) child.stdin.write('go')
    return await Promise.all(outputs.map(async ({ output }) => JSON.parse(await output)))
  }

  it('that start at once agree on its keys', async () => {
    const folder = newFolder()
    const seen = await startAll(4, folder, 0)
    expect(new Set(seen.map(({ fingerprint, issuer }) => `${fingerprint} ${issuer}`)).size).toBe(1)
    const keys = openKeyFolder(folder, createManualTime(start))
    expect([keys.fingerprint(), keys.issuer]).toEqual([seen[0]?.fingerprint, seen[0]?.issuer])
  })

  it('that rotate at once lose none of each other’s keys', async () => {
    const { folder, keys } = openNew()
    await startAll(3, folder, 4)
    expect(keys.reload()).toBe(true)
    const { current, others } = keys.signingKeys()
    expect(new Set([current, ...others].map(({ kid }) => kid)).size).toBe(1 + 3 * 4)
  })
})

describe('signing keys', () => {
  it('sign and verify, and are listed without their private part', () => {
    const { current } = openNew().keys.signingKeys()
    const signature = sign(null, Buffer.from('claims'), current.privateKey)
    expect(verify(null, Buffer.from('claims'), current.publicKey, signature)).toBe(true)
    expect(Object.keys(current.publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    expect(current.kid).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('are rotated without a gap: every instance knows the new one before any signs with it, and the old one still verifies', () => {
    const { folder, time, keys } = openNew()
    const other = openKeyFolder(folder, time)
    const first = keys.signingKeys().current.kid
    time.advance(dayMs)
    const second = keys.rotate()
    expect(keys.signingKeys().current.kid).toBe(first)
    expect(keys.signingKeys().others.map(({ kid }) => kid)).toEqual([second])
    time.advance(2_000)
    expect(other.reload()).toBe(true)
    expect(other.reload()).toBe(false)
    time.advance(8_000)
    for (const instance of [keys, other]) {
      const { current, others } = instance.signingKeys()
      expect([current.kid, ...others.map(({ kid }) => kid)]).toEqual([second, first])
      expect(others[0]?.retiredAt).toBe(start + dayMs)
    }
  })

  it('that are dropped are gone everywhere at the next reload, and the newest left signs again', () => {
    const { folder, time, keys, signing } = openNew()
    const other = openKeyFolder(folder, time)
    const first = keys.signingKeys().current.kid
    const second = keys.rotate()
    time.advance(60_000)
    keys.drop(second)
    expect(readFileSync(signing, 'utf8')).not.toContain(second)
    other.reload()
    for (const instance of [keys, other]) {
      expect(instance.signingKeys()).toMatchObject({ current: { kid: first, retiredAt: null }, others: [] })
    }
    expect(() => keys.drop(second)).toThrow('no signing key')
    expect(() => keys.drop(first)).toThrow('rotate first')
    expect(keys.signingKeys().current.kid).toBe(first)
  })

  it('are forgotten at a rotation when retired for longer than any token lives', () => {
    const { time, keys } = openNew()
    const first = keys.signingKeys().current.kid
    const second = keys.rotate()
    time.advance(30 * dayMs)
    const third = keys.rotate()
    expect(keys.signingKeys().others.map(({ kid }) => kid)).toEqual([first, third])
    time.advance(dayMs)
    const fourth = keys.rotate()
    expect(keys.signingKeys()).toMatchObject({ current: { kid: third }, others: [{ kid: second }, { kid: fourth }] })
  })

  it('stay as they were when the file becomes invalid or goes, and the fault is told', () => {
    const { keys, signing } = openNew()
    const { kid } = keys.signingKeys().current
    const content = readFileSync(signing, 'utf8')
    writeFileSync(signing, 'nonsense')
    expect(() => keys.reload()).toThrow(ConfigurationRefusedError)
    rmSync(signing)
    expect(() => keys.reload()).toThrow('is gone')
    expect(existsSync(signing)).toBe(false)
    writeFileSync(signing, content, { mode: 0o644 })
    expect(() => keys.reload()).toThrow('others may read it')
    chmodSync(signing, 0o600)
    expect(keys.reload()).toBe(true)
    expect(keys.signingKeys().current.kid).toBe(kid)
  })
})
