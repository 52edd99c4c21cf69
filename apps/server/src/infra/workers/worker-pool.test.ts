import { platform } from 'node:os'
import { BanyanError } from '@banyan/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorkerPool, type PoolJobOptions, type WorkerPool } from './worker-pool.ts'

const request: PoolJobOptions = { priority: 'request' }
const background: PoolJobOptions = { priority: 'background' }

let pool: WorkerPool
let deaths: string[] = []
afterEach(async () => {
  await pool.close()
  deaths = []
})

function open(sizes: { threads?: number; backgroundThreads?: number; waiting?: number } = {}): WorkerPool {
  pool = createWorkerPool({
    script: new URL('./testing/moody.worker.ts', import.meta.url),
    workerData: null,
    threads: 1,
    backgroundThreads: 1,
    waiting: 2,
    onDeath: (error) => deaths.push(error.message),
    ...sizes,
  })
  return pool
}

/** A job that holds its thread, blind to everything, until it is let go. */
function spin(options: PoolJobOptions = request) {
  const gate = new Int32Array(new SharedArrayBuffer(8))
  const done = pool.run('spin', gate, options)
  return {
    done,
    async began() {
      if (Atomics.load(gate, 0) === 0) await Atomics.waitAsync(gate, 0, 0).value
    },
    release() {
      Atomics.store(gate, 1, 1)
      Atomics.notify(gate, 1)
    },
  }
}

const codeOf = (job: Promise<unknown>) =>
  job.then(
    () => 'done',
    (error: unknown) => (error instanceof BanyanError ? error.code : String(error)),
  )

describe('a job', () => {
  it('runs on another thread and tells how far it is', async () => {
    const told: number[] = []
    expect(await open().run('echo', { closes: new Float64Array([1, 2]) }, request)).toEqual({
      closes: new Float64Array([1, 2]),
    })
    expect(await pool.run('count', 3, { ...request, onProgress: (done) => told.push(done) })).toBe(3)
    expect(told).toEqual([1, 2, 3])
    expect(pool.alive()).toBe(1)
  })

  it('that throws rejects with what it threw, and its worker lives on', async () => {
    const refused = open().run('refuse', null, request)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_parameter', details: [{ field: 'window' }] })
    await expect(pool.run('fail', null, request)).rejects.toThrow('TypeError: secret=1')
    expect(await pool.run('echo', 1, request)).toBe(1)
    expect(deaths).toEqual([])
  })
})

describe.skipIf(platform() !== 'linux')('a thread that yields to others', () => {
  it('has a lower priority, alone among those of the process', async () => {
    const { own, alike, all } = (await open().run('yield', null, request)) as {
      own: number
      alike: number
      all: number
    }
    expect([own, alike]).toEqual([10, 1])
    expect(all).toBeGreaterThan(1)
  })
})

describe('a worker that dies', () => {
  it.each(['die', 'throw outside'])('by %s fails its job as unavailable, and the next job runs', async (kind) => {
    expect(await codeOf(open().run(kind, null, request))).toBe('unavailable')
    expect(await pool.run('echo', 'next', request)).toBe('next')
    expect(deaths.length).toBe(1)
  })

  it('takes no waiting job along', async () => {
    open({ waiting: 5 })
    const dying = codeOf(pool.run('die', null, request))
    const waiting = [1, 2, 3].map((n) => pool.run('echo', n, request))
    expect([await dying, await Promise.all(waiting)]).toEqual(['unavailable', [1, 2, 3]])
  })
})

describe('the queue', () => {
  it('is bounded: one request too many is refused at once, with a time to try again', async () => {
    open({ waiting: 2 })
    const holding = spin()
    await holding.began()
    const waiting = [pool.run('echo', 1, request), pool.run('echo', 2, request)]
    await expect(pool.run('echo', 3, request)).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 2 })
    holding.release()
    expect(await Promise.all(waiting)).toEqual([1, 2])
    expect(await holding.done).toBe('released')
  })

  it('serves requests before background work, and keeps a thread free of it', async () => {
    open({ threads: 2, backgroundThreads: 1 })
    const searching = spin(background)
    await searching.began()
    const later = pool.run('echo', 'background', background)
    expect(await pool.run('echo', 'request', request)).toBe('request')
    expect(await Promise.race([later, Promise.resolve('still waiting')])).toBe('still waiting')
    searching.release()
    expect(await later).toBe('background')
  })
})

describe('a job that is given up', () => {
  it('while it waits never begins', async () => {
    open()
    const holding = spin()
    await holding.began()
    const control = new AbortController()
    const waiting = pool.run('die', null, { ...request, signal: control.signal })
    control.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
    holding.release()
    expect(await holding.done).toBe('released')
    expect(deaths).toEqual([])
  })

  it('while it computes is ended with its worker, which is no accident', async () => {
    open()
    const control = new AbortController()
    const holding = spin({ ...background, signal: control.signal })
    await holding.began()
    control.abort(new Error('the server stops'))
    await expect(holding.done).rejects.toThrow('the server stops')
    expect(await pool.run('echo', 1, request)).toBe(1)
    expect(deaths).toEqual([])
  })

  it('by its deadline is unavailable, and the next job runs', async () => {
    open()
    expect(await codeOf(spin({ ...request, timeoutMs: 20 }).done)).toBe('unavailable')
    expect(await pool.run('echo', 1, request)).toBe(1)
  })

  it('by the end of the pool is unavailable, running, waiting or new', async () => {
    open()
    const holding = spin()
    await holding.began()
    const codes = [codeOf(holding.done), codeOf(pool.run('echo', 1, request))]
    await pool.close()
    expect(await Promise.all([...codes, codeOf(pool.run('echo', 2, request))])).toEqual(Array(3).fill('unavailable'))
    expect(pool.alive()).toBe(0)
  })
})
