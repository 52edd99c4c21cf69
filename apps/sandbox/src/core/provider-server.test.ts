import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import type { FaultRequest } from './fault.ts'

let sandbox: QuietSandbox
beforeAll(async () => {
  sandbox = await startQuietSandbox()
})
afterEach(async () => {
  await sandbox.control.clearFaults()
})
afterAll(() => sandbox.close())

/** A call that needs no session. */
const listUrl = () => `${sandbox.urls.zerodha.rest}/instruments/NSE`
const pageUrl = () => `${sandbox.urls.zerodha.login}?v=3&api_key=some-key`
const set = (request: FaultRequest) => sandbox.control.setFault('zerodha', request)

/** Lets what was written arrive: everything is on this machine. */
const arrival = () => new Promise((resolve) => setTimeout(resolve, 40))

/** Calls with a bare socket and returns all bytes until the other side ends or breaks it. */
async function callBare(head: string, body = ''): Promise<{ readonly text: string; readonly broke: boolean }> {
  const { hostname, port } = new URL(sandbox.urls.zerodha.rest)
  const socket = connect(Number(port), hostname)
  let [text, broke] = ['', false]
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => {
    broke = true
  })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write(`${head} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`)
  socket.write(body === '' ? '\r\n' : `Content-Length: ${body.length}\r\n\r\n${body}`)
  await arrival()
  sandbox.wall.advance(20)
  await closed
  return { text, broke }
}

describe('faults on the wire', () => {
  it('refuse lets no connection in until its duration has passed', async () => {
    set({ fault: 'refuse', durationMs: 5_000 })
    await expect(fetch(pageUrl())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    sandbox.wall.advance(4_900)
    await expect(fetch(pageUrl())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    sandbox.wall.advance(200)
    await arrival()
    expect((await fetch(pageUrl())).status).toBe(200)
  })

  it('refuse ends when it is cleared on another port', async () => {
    set({ fault: 'refuse' })
    const cleared = await fetch(`${sandbox.urls.icici}/_sandbox/faults?provider=zerodha`, { method: 'DELETE' })
    expect(await cleared.json()).toEqual([])
    expect((await fetch(pageUrl())).status).toBe(200)
  })

  it('reset breaks the connection after the headers', async () => {
    set({ fault: 'reset' })
    const { text, broke } = await callBare('GET /instruments/NSE')
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text.split('\r\n\r\n')[1]).toBe('')
    expect(broke).toBe(true)
  })

  it('hang answers nothing and ends after 30 s', async () => {
    set({ fault: 'hang' })
    let isOver = false
    const call = fetch(pageUrl()).finally(() => {
      isOver = true
    })
    call.catch(() => undefined)
    await arrival()
    sandbox.wall.advance(29_999)
    await arrival()
    expect(isOver).toBe(false)
    sandbox.wall.advance(1)
    await expect(call).rejects.toThrow('fetch failed')
  })

  it('slow answers after the delay', async () => {
    set({ fault: 'slow:1500' })
    let status = 0
    const call = fetch(pageUrl()).then((response) => {
      status = response.status
    })
    await arrival()
    sandbox.wall.advance(1_499)
    await arrival()
    expect(status).toBe(0)
    sandbox.wall.advance(1)
    await call
    expect(status).toBe(200)
  })

  it('drip sends the headers and then a byte a second', async () => {
    set({ fault: 'drip' })
    const response = await fetch(pageUrl())
    const reader = response.body?.getReader()
    for (const byte of '<!d') {
      await arrival()
      sandbox.wall.advance(1_000)
      expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(byte)
    }
    await reader?.cancel()
  })
})

describe('faults in the answer', () => {
  it('status gives the vendor’s failure, with the type or the sentence asked for', async () => {
    set({ fault: 'status:503' })
    set({ fault: 'status:403:PermissionException' })
    set({ fault: 'status:500:All is lost' })
    const answers = []
    for (let i = 0; i < 3; i++) {
      const response = await fetch(pageUrl())
      answers.push([response.status, await response.json()])
    }
    expect(answers).toMatchObject([
      [503, { status: 'error', error_type: 'NetworkException' }],
      [403, { status: 'error', error_type: 'PermissionException' }],
      [500, { status: 'error', error_type: 'GeneralException', message: 'All is lost' }],
    ])
  })

  it.each([200, 502])('html gives a page with status %i', async (status) => {
    set({ fault: `html:${status}` })
    const response = await fetch(listUrl())
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    expect(await response.text()).toMatch(/^<!doctype html>/)
  })

  it('truncate, garbage, wrong_type and missing_field spoil the answer', async () => {
    const good = await (await fetch(listUrl())).text()
    set({ fault: 'truncate' })
    expect(await (await fetch(listUrl())).text()).toBe(good.slice(0, Math.floor(good.length / 2)))
    set({ fault: 'garbage' })
    expect((await (await fetch(listUrl())).arrayBuffer()).byteLength).toBe(512)
    set({ fault: 'wrong_type' })
    expect(await (await fetch(listUrl())).text()).toContain('\nnot a number,not a number,RELIANCE,')
    set({ fault: 'missing_field:tradingsymbol' })
    expect((await (await fetch(listUrl())).text()).split('\n')[0]).not.toContain('tradingsymbol')
  })

  it('missing_field waits for an answer that has the field', async () => {
    set({ fault: 'missing_field:name' })
    expect((await (await fetch(pageUrl())).text()).length).toBeGreaterThan(0)
    expect((await (await fetch(listUrl())).text()).split('\n')[0]).not.toContain(',name,')
    expect((await (await fetch(listUrl())).text()).split('\n')[0]).toContain(',name,')
  })

  it('partial fails one operation and no other, until it is cleared', async () => {
    set({ fault: 'partial:exchange-instruments' })
    for (let i = 0; i < 2; i++) {
      expect((await fetch(listUrl())).status).toBe(500)
      expect((await fetch(pageUrl())).status).toBe(200)
    }
    await sandbox.control.clearFaults('zerodha')
    expect((await fetch(listUrl())).status).toBe(200)
  })

  it('echo_secret puts key, API secret and token into the vendor’s sentence, and the log keeps them out', async () => {
    set({ fault: 'echo_secret' })
    const response = await fetch(`${sandbox.urls.zerodha.rest}/portfolio/holdings`, {
      headers: { authorization: 'token canary-key:canary-token' },
    })
    const { message } = (await response.json()) as { message: string }
    expect(message).toContain('canary-key-secret')
    expect(message).toContain('canary-token')
    expect(JSON.stringify(sandbox.control.log('zerodha'))).not.toContain('canary')
  })

  it('strikes as often as it was told to, and only the operation it is meant for', async () => {
    set({ fault: 'html:502', count: 2, operation: 'login' })
    expect((await fetch(listUrl())).status).toBe(200)
    const statuses = []
    for (let i = 0; i < 3; i++) statuses.push((await fetch(pageUrl())).status)
    expect(statuses).toEqual([502, 502, 200])
  })

  it('lasts as long as it was told to, also while the clock is frozen', async () => {
    sandbox.control.clock.freeze()
    set({ fault: 'status:500', durationMs: 10_000 })
    for (let i = 0; i < 3; i++) expect((await fetch(pageUrl())).status).toBe(500)
    sandbox.wall.advance(10_000)
    expect((await fetch(pageUrl())).status).toBe(200)
    sandbox.control.clock.resume()
  })

  it('comes slowly when both are set', async () => {
    set({ fault: 'status:503' })
    set({ fault: 'slow:700' })
    const call = fetch(pageUrl())
    await arrival()
    sandbox.wall.advance(700)
    expect((await call).status).toBe(503)
    expect(sandbox.control.log('zerodha').at(-1)).toMatchObject({ status: 503, fault: 'status:503 slow:700' })
  })
})

describe('a port', () => {
  it('says the time of the sandbox’s clock', async () => {
    const response = await fetch(pageUrl())
    expect(Date.parse(response.headers.get('date') ?? '')).toBe(Math.floor(sandbox.control.clock.now() / 1000) * 1000)
  })

  it('refuses a body of more than a mebibyte', async () => {
    const ofLength = (bytes: number) => callBare('POST /session/token', 'x'.repeat(bytes))
    expect((await ofLength(1024 * 1024 + 1)).text).toMatch(/^HTTP\/1\.1 413 /)
    expect((await ofLength(1024 * 1024)).text).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('is on loopback only', () => {
    const all = [...Object.values(sandbox.urls.zerodha), sandbox.urls.icici, sandbox.urls.yahoo, sandbox.urls.exchange]
    expect(new Set(all.map((url) => new URL(url).hostname))).toEqual(new Set(['127.0.0.1']))
    expect(new Set(all.map((url) => new URL(url).port)).size).toBe(4)
  })
})
