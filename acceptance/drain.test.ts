import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type BanyanProcess, startBanyan, temporaryFolder } from './banyan-process.ts'

const home = temporaryFolder()
const environment = {
  BANYAN_HOME: home.path,
  REPLAY_START: '15:45',
  REPLAY_LOOP: 'off',
  RATE_LIMIT: 'off',
  TRUST_PROXY: '127.0.0.1', // a proxy's many connections are not bounded per address
}
let banyan: BanyanProcess
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await banyan?.stop('SIGKILL')
})
afterAll(() => home.remove())

async function openSocket(first: string): Promise<Socket> {
  const { hostname, port } = new URL(banyan.origin)
  const socket = connect(Number(port), hostname)
  sockets.push(socket)
  await once(socket, 'connect')
  socket.on('error', () => socket.destroy())
  socket.write(first)
  return socket
}

const isListening = () =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(banyan.origin)
    const socket = connect(Number(port), hostname)
    socket.once('connect', () => resolve(socket.destroy() !== null))
    socket.once('error', () => resolve(false))
  })

const stopsListening = () => vi.waitFor(async () => expect(await isListening()).toBe(false), 5_000)

/** What became of one request of a client that keeps its connection. */
type Outcome = 'answered' | 'told to leave' | 'not connected' | 'broken off'

/** Asks again and again over one connection until the server ends it. */
async function askInLoop(path: string, outcomes: Outcome[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let outcome: Outcome = 'answered'; outcome === 'answered'; ) {
    outcome = await outcomeOf(path, agent)
    outcomes.push(outcome)
  }
  agent.destroy()
}

async function outcomeOf(path: string, agent: Agent): Promise<Outcome> {
  const request = get(banyan.origin + path, { agent })
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await text(response)
    if (!response.complete || response.statusCode !== 200) return 'broken off'
    return response.headers.connection === 'close' ? 'told to leave' : 'answered'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'not connected' : 'broken off'
  }
}

describe('SIGTERM', () => {
  it('answers all that was begun, tells a late request so, closes idle connections and ends with 0 within 15 s', async () => {
    banyan = await startBanyan(environment)
    const outcomes: Outcome[] = []
    const paths = [
      '/api/index/snapshot',
      '/api/quotes?symbols=TCS',
      '/api/candles/NSE:TCS?interval=60minute',
      '/api/movers',
    ]
    const clients = Array.from({ length: 50 }, (_, i) => askInLoop(paths[i % paths.length] ?? '', outcomes))
    const idle = await openSocket('GET /livez HTTP/1.1\r\nHost: banyan\r\n\r\n')
    idle.resume()
    const late = await openSocket('GET /readyz HTTP/1.1\r\nHost: banyan\r\n')
    await openSocket('GET /api/index/snapshot HTTP/1.1\r\nHost: ban') // its other half never comes
    await sleep(1_000)
    expect(outcomes.length).toBeGreaterThan(100)

    const began = performance.now()
    const idleEnded = once(idle, 'close')
    const exited = banyan.stop('SIGTERM')
    await stopsListening()
    late.write('\r\n')
    const reply = await text(late)
    expect(reply).toMatch(/^HTTP\/1\.1 503 /)
    expect(reply).toMatch(/\r\nconnection: close\r\n/i)
    expect(reply).toContain('"stopping"')
    await idleEnded
    await Promise.all(clients)
    expect(await exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(18_000)
    expect(outcomes.filter((outcome) => outcome === 'broken off')).toEqual([])
    expect(outcomes.filter((outcome) => outcome === 'told to leave')).toHaveLength(50)
  }, 60_000)

  it('ends with 1 when it comes a second time', async () => {
    banyan = await startBanyan(environment)
    await openSocket('GET /livez HTTP/1.1\r\nHost: ban')
    const exited = banyan.stop('SIGTERM')
    await stopsListening()
    const began = performance.now()
    process.kill(banyan.pid, 'SIGTERM')
    expect(await exited).toBe(1)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
