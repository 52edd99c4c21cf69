import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchange, retryAfterS } from './exchange.ts'

const encoder = new TextEncoder()
const init = { method: 'GET', headers: {}, signal: new AbortController().signal } as const

/** Answers with the bytes in pieces of the given length, and tells whether the rest was cancelled. */
function answering(bytes: Uint8Array, pieceLength: number) {
  const state = { cancelled: false }
  const body = new ReadableStream({
    start(controller) {
      for (let i = 0; i < bytes.length; i += pieceLength) controller.enqueue(bytes.slice(i, i + pieceLength))
      controller.close()
    },
    cancel: () => {
      state.cancelled = true
    },
  })
  return { send: async () => new Response(body), state }
}

describe('a body', () => {
  it('arrives as it was sent, however it is cut into pieces, and is cut off only when it is longer than allowed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(40),
        async (text, n, max) => {
          const bytes = encoder.encode(text)
          const answer = await exchange(answering(bytes, n).send, 'http://h', init, max)
          expect(answer.cut).toBe(bytes.length > max)
          // The last character may have lost some of its bytes; the ones before it may not.
          if (answer.cut) expect(text.startsWith(answer.text.replace(/\ufffd*$/, ''))).toBe(true)
          else expect(answer.text).toBe(text.replace(/^\ufeff/, ''))
        },
      ),
    ))

  it('is not read further than allowed', async () => {
    const { send, state } = answering(encoder.encode('a'.repeat(100)), 10)
    expect(await exchange(send, 'http://h', init, 35)).toMatchObject({ text: 'a'.repeat(35), cut: true })
    expect(state.cancelled).toBe(true)
  })

  it('that is not there is empty', async () => {
    const send = async () => new Response(null, { status: 204, statusText: 'No Content' })
    expect(await exchange(send, 'http://h', init, 10)).toMatchObject({ status: 204, reason: 'No Content', text: '' })
  })

  it('that breaks off says that the answer had begun', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })
    const broken = exchange(async () => new Response(body), 'http://h', init, 10)
    await expect(broken).rejects.toMatchObject({ name: 'ConnectionError', code: 'unreachable', partial: true })
  })
})

it.each([
  ['0', 0],
  ['17', 17],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['Mon, 05 Jan 2026 00:00:00 GMT', null],
])('Retry-After %j means %j', (text, seconds) => {
  expect(retryAfterS(new Headers({ 'retry-after': text }))).toBe(seconds)
  expect(retryAfterS(new Headers())).toBeNull()
})
