import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Trace } from './secret-search.ts'

/** Returns every file below a folder as traces `name/…`; sockets have no content. */
export function readFolder(name: string, folder: string): readonly Trace[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((entry) => join(folder, entry))
    .filter((path) => lstatSync(path).isFile())
    .map((path) => ({ place: `${name}/${relative(folder, path)}`, bytes: readFileSync(path), isShort: false }))
}

/** Returns the mails among traces in readable form as well: their lines are folded and some characters escaped (RFC 2045 §6.7). */
export function readableMails(traces: readonly Trace[]): readonly Trace[] {
  return traces
    .filter(({ place }) => place.endsWith('.eml'))
    .map(({ place, bytes }) => ({ place: `${place} decoded`, bytes: decodeQuotedPrintable(bytes), isShort: true }))
}

function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}

/** Returns what anybody on the machine may read of a process: its command line and its name. Linux only. */
export function readTitle(pid: number): Trace {
  const texts = [`/proc/${pid}/cmdline`, `/proc/${pid}/comm`].map((path) => readFileSync(path, 'latin1'))
  return shortTrace('title', texts.join('\n').replaceAll('\0', ' '))
}

export function shortTrace(place: string, text: string): Trace {
  return { place, bytes: Buffer.from(text), isShort: true }
}

/** Returns the private parts of a key folder's files, by name: they belong there and nowhere else. */
export function readKeys(folder: string): readonly { readonly name: string; readonly text: string }[] {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const pepper: { keys: { key: string }[] } = read('pepper.json')
  const signing: { keys: { jwk: { d: string } }[] } = read('signing.json')
  return [
    ...pepper.keys.map(({ key }) => ({ name: 'pepper', text: key })),
    ...signing.keys.map(({ jwk }) => ({ name: 'signing key', text: jwk.d })),
  ]
}

/** Returns the rows of the accounts' tables of a stopped server as text, a trace a table. */
export function readRows(home: string): readonly Trace[] {
  const connection = new DatabaseSync(join(home, 'banyan.db'), { readOnly: true })
  try {
    return accountTables.map((table) =>
      shortTrace(`rows of ${table}`, JSON.stringify(connection.prepare(`select * from ${table}`).all())),
    )
  } finally {
    connection.close()
  }
}

/** The market's tables hold numbers of any length. */
export const accountTables = [
  'accounts',
  'applications',
  'bearers',
  'access_code_waivers',
  'sessions',
  'api_keys',
  'totp_secrets',
  'recovery_codes',
  'devices',
  'device_tokens',
  'passkeys',
  'sso_links',
  'steps',
  'codes',
  'guess_counters',
  'audit_events',
] as const
