import { ApiError, ConnectionError, type StreamEvent } from '@banyan/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hearStream } from './hear-stream.ts'

const beat = { kind: 'beat' } as StreamEvent
const lost = new ConnectionError('unreachable', 'The stream broke off.')
const refused = (status: number) =>
  new ApiError('Refused.', { code: 'refused', status, details: [], requestId: null, retryAfterS: null })

/** Each opening yields what stands next in `scripts`; an error is thrown. */
function hear(scripts: (StreamEvent | Error)[][]) {
  const control = new AbortController()
  const told: unknown[] = []
  let openings = 0
  async function* open(): AsyncGenerator<StreamEvent> {
    for (const part of scripts[openings++] ?? []) {
      if (part instanceof Error) throw part
      yield part
    }
  }
  const ended = hearStream(
    { open, onEvent: ({ kind }) => told.push(kind), onBreak: (problem, isOver) => told.push([problem, isOver]) },
    control.signal,
  )
  return { told, ended, openings: () => openings, stop: () => control.abort() }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a stream that is heard', () => {
  it('is opened again after it broke off, sooner when it had spoken before', async () => {
    const heard = hear([[lost], [lost], [beat, lost], [beat]])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(heard.openings()).toBe(2)
    await vi.advanceTimersByTimeAsync(4_000)
    expect(heard.told).toEqual([[lost, false], [lost, false], 'beat', [lost, false]])
    await vi.advanceTimersByTimeAsync(2_000)
    await heard.ended
    expect(heard.told.slice(-2)).toEqual([[lost, false], 'beat'])
  })

  it('is left alone after a refusal that another try cannot help', async () => {
    const heard = hear([[refused(403)], [beat]])
    await heard.ended
    await vi.advanceTimersByTimeAsync(60_000)
    expect([heard.openings(), heard.told]).toEqual([1, [[expect.objectContaining({ status: 403 }), true]]])
  })

  it('is opened no more once nobody hears it, also while it waits', async () => {
    const heard = hear([[lost], [beat]])
    await vi.advanceTimersByTimeAsync(1_000)
    heard.stop()
    await heard.ended
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard.openings()).toBe(1)
  })
})
