import { gunzipSync, gzipSync } from 'node:zlib'
import { createNoise } from './seeded-noise.ts'
import type { SandboxAnswer } from './upstream.ts'

/** Returns a page as the edge in front of an API sends it. */
export function htmlPage(status: number): SandboxAnswer {
  const body = `<!doctype html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1><p>The service is not available.</p></body></html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

/** Returns the answer cut in half. Its packing, if any, is that of the half. */
export function truncated(answer: SandboxAnswer): SandboxAnswer {
  const body = unpacked(answer)
  return repacked(answer, body.subarray(0, body.length >> 1))
}

const garbageBytes = 512

/** Returns bytes without meaning under the answer's own status and content type. */
export function garbled(answer: SandboxAnswer, seed: number): SandboxAnswer {
  const noise = createNoise(seed, 'garbage')
  return repacked(
    answer,
    Buffer.from(Array.from({ length: garbageBytes }, (_, i) => Math.floor((noise.at(i) + 1) * 128))),
  )
}

const notANumber = 'not a number'

/** Returns the answer with a text in place of every number of its data; null when it holds none or is neither JSON nor CSV. */
export function withWrongTypes(answer: SandboxAnswer): SandboxAnswer | null {
  return changed(
    answer,
    (json) => replaceNumbers(json, 0),
    (rows) => rows.map((row, i) => (i === 0 ? row : row.map((cell) => (isNumeric(cell.trim()) ? notANumber : cell)))),
  )
}

/** Returns the answer without the fields, or the column, of that name; null when it has none or is neither JSON nor CSV. */
export function withoutField(answer: SandboxAnswer, name: string): SandboxAnswer | null {
  return changed(
    answer,
    (json) => removeField(json, name),
    (rows) => {
      const column = rows[0]?.findIndex((cell) => cell.trim().toLowerCase() === name.toLowerCase()) ?? -1
      return column < 0 ? rows : rows.map((row) => row.filter((_, i) => i !== column))
    },
  )
}

type Rows = readonly (readonly string[])[]

function changed(
  answer: SandboxAnswer,
  changeJson: (json: unknown) => unknown,
  changeRows: (rows: Rows) => Rows,
): SandboxAnswer | null {
  const text = unpacked(answer).toString('utf8')
  const kind = answer.headers?.['content-type'] ?? ''
  const after = /json/.test(kind) ? onJson(text, changeJson) : /csv/.test(kind) ? onRows(text, changeRows) : text
  return after === text ? null : repacked(answer, Buffer.from(after))
}

function onJson(text: string, change: (json: unknown) => unknown): string {
  const json: unknown = JSON.parse(text)
  const after = JSON.stringify(change(json))
  return after === JSON.stringify(json) ? text : after
}

/** Splits at commas outside quotes; cells keep theirs. */
function onRows(text: string, change: (rows: Rows) => Rows): string {
  const rows = text.split('\n').map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
  return change(rows)
    .map((row) => row.join(','))
    .join('\n')
}

/** Below this lies the envelope, whose own numbers say how the call went. */
const envelopeDepth = 1

function replaceNumbers(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceNumbers(item, depth + 1))
  if (typeof value === 'object' && value !== null) return mapFields(value, (field) => replaceNumbers(field, depth + 1))
  const isNumber = typeof value === 'number' || (typeof value === 'string' && isNumeric(value))
  return isNumber && depth > envelopeDepth ? notANumber : value
}

function isNumeric(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

function removeField(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => removeField(item, name))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
  return mapFields(kept, (field) => removeField(field, name))
}

function mapFields(object: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

function isPacked({ headers }: SandboxAnswer): boolean {
  return headers?.['content-encoding'] === 'gzip'
}

function unpacked(answer: SandboxAnswer): Buffer {
  const body = Buffer.from(answer.body)
  return isPacked(answer) ? gunzipSync(body) : body
}

function repacked(answer: SandboxAnswer, body: Buffer): SandboxAnswer {
  return { ...answer, body: isPacked(answer) ? gzipSync(body) : body }
}
