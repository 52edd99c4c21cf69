import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { garbled, htmlPage, truncated, withoutField, withWrongTypes } from './broken-answer.ts'

const json = (value: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
const csv = (text: string) => ({ status: 200, headers: { 'content-type': 'text/csv' }, body: text })
const packed = (text: string) => ({
  status: 200,
  headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
  body: gzipSync(text),
})

it('puts a text where numbers belong, in digits or not, and leaves the envelope alone', () => {
  const answer = withWrongTypes(json({ Status: 200, Success: [{ quantity: '12', price: 3.5, name: 'A1' }] }))
  expect(JSON.parse(String(answer?.body))).toEqual({
    Status: 200,
    Success: [{ quantity: 'not a number', price: 'not a number', name: 'A1' }],
  })
})

it('leaves a field out wherever it stands', () => {
  const answer = withoutField(json({ data: { a: { last: 1, b: 2 }, list: [{ last: 3, c: 4 }] } }), 'last')
  expect(JSON.parse(String(answer?.body))).toEqual({ data: { a: { b: 2 }, list: [{ c: 4 }] } })
})

it('does the same to the columns of a list, packed or not, without splitting quoted cells', () => {
  const text = 'token,name,lot\n7,"A, ""B""",65\n'
  expect(String(withoutField(csv(text), 'LOT')?.body)).toBe('token,name\n7,"A, ""B"""\n')
  const unpacked = gunzipSync(withWrongTypes(packed(text))?.body ?? '').toString()
  expect(unpacked).toBe('token,name,lot\nnot a number,"A, ""B""",not a number\n')
})

it('says so when there is nothing to spoil', () => {
  expect(withWrongTypes(json({ status: 'success', data: true }))).toBeNull()
  expect(withoutField(json({ data: { a: 1 } }), 'last')).toBeNull()
  expect(withWrongTypes(htmlPage(200))).toBeNull()
})

it('cuts a text in half, inside its packing', () => {
  expect(String(truncated(json([1, 2, 3])).body)).toBe('[1,')
  expect(gunzipSync(truncated(packed('abcdef')).body).toString()).toBe('abc')
})

it('makes the same garbage of the same seed', () => {
  const bytes = (seed: number) => Buffer.from(garbled(json({}), seed).body)
  expect(bytes(1)).toHaveLength(512)
  expect(bytes(1)).toEqual(bytes(1))
  expect(bytes(1)).not.toEqual(bytes(2))
  expect(() => JSON.parse(bytes(1).toString())).toThrow()
})
