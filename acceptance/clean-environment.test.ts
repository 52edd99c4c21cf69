import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { ask, type Health } from './ask.ts'
import { type BanyanProcess, becomeReady, freePort, launchBanyan, temporaryFolder } from './banyan-process.ts'
import { type OpenSocket, openSockets, staysHere } from './open-sockets.ts'
import { type RefusingServer, refuseLikePostgres, refuseLikeRedis } from './refusing-servers.ts'

const folder = temporaryFolder()
const canary = 'canary-5f1d-never-shown'
let running: BanyanProcess | null = null
let refusing: RefusingServer | null = null

afterEach(async () => {
  await running?.stop('SIGKILL')
  await refusing?.close()
  refusing = null
})
afterAll(() => folder.remove())

/** Returns every file below a folder that contains the text, in any of the bytes. */
function filesWith(text: string, path: string): readonly string[] {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).filter((file) => readFileSync(file).includes(text))
}

describe('the server in an environment with nothing but PATH and two free ports', () => {
  it.skipIf(process.platform !== 'linux')('listens on loopback alone and calls nobody', async () => {
    const metricsPort = await freePort()
    const banyan = await launchBanyan({ METRICS_PORT: String(metricsPort) }, folder.path)
    running = banyan
    const seen = new Map<string, OpenSocket>()
    let isWatching = true
    const watching = (async () => {
      for (; isWatching; await sleep(10)) for (const one of openSockets(banyan.pid)) seen.set(JSON.stringify(one), one)
    })()
    await becomeReady(banyan)
    await sleep(3_000)
    isWatching = false
    await watching

    const listeners = [...seen.values()].filter((one) => one.isListening).map((one) => one.local)
    expect(listeners.toSorted()).toEqual([banyan.origin.slice('http://'.length), `127.0.0.1:${metricsPort}`].toSorted())
    expect(seen.size).toBeGreaterThan(listeners.length) // our own questions were seen, so others would have been
    expect([...seen.values()].filter((one) => !staysHere(one.remote))).toEqual([])

    const metrics = await ask<string>(`http://127.0.0.1:${metricsPort}`, '/metrics')
    expect(metrics.status).toBe(200)
    expect(metrics.body).toMatch(/^# TYPE /m)
    expect((await ask(banyan.origin, '/metrics')).status).toBe(404)
  })

  it('puts its data into .banyan below the folder it was started in, for its owner only', () => {
    expect(readdirSync(folder.path)).toEqual(['.banyan'])
    expect(statSync(join(folder.path, '.banyan')).mode & 0o777).toBe(0o700)
  })
})

describe('a password in the configuration', () => {
  it('of a PostgreSQL that refuses it, in its own words, is shown nowhere', async () => {
    refusing = await refuseLikePostgres()
    const home = join(folder.path, 'postgres')
    running = await launchBanyan({
      BANYAN_HOME: home,
      LOG_LEVEL: 'debug',
      DATABASE_URL: `postgres://banyan:${canary}@127.0.0.1:${refusing.port}/banyan`,
    })
    expect(await running.exited).not.toBe(0)
    expect(refusing.hasSeen(canary)).toBe(true)
    expect(running.output()).toContain('The database of DATABASE_URL cannot be used.')
    expect(running.output()).not.toContain(canary)
    expect(filesWith(canary, home)).toEqual([])
  })

  it('of a PostgreSQL that is not there is shown nowhere', async () => {
    const home = join(folder.path, 'nobody')
    running = await launchBanyan({
      BANYAN_HOME: home,
      LOG_LEVEL: 'debug',
      DATABASE_URL: `postgres://banyan:${canary}@127.0.0.1:${await freePort()}/banyan`,
    })
    expect(await running.exited).not.toBe(0)
    expect(running.output()).toContain('The database of DATABASE_URL cannot be used. The connection was refused.')
    expect(running.output()).not.toContain(canary)
    expect(filesWith(canary, home)).toEqual([])
  })

  it('of a Redis that refuses it, in its own words, is shown nowhere while the server runs without it', async () => {
    refusing = await refuseLikeRedis()
    const home = join(folder.path, '.banyan') // has its data already
    const banyan = await launchBanyan({
      BANYAN_HOME: home,
      LOG_LEVEL: 'debug',
      REDIS_URL: `redis://banyan:${canary}@127.0.0.1:${refusing.port}`,
    })
    running = banyan
    await becomeReady(banyan)
    const health = await ask<Health>(banyan.origin, '/api/health')
    expect(health).toMatchObject({ status: 200, body: { status: 'degraded', cache: { l2: { connected: false } } } })
    expect(JSON.stringify(health.body)).not.toContain(canary)
    expect((await ask(banyan.origin, '/api/quotes?symbols=TCS')).status).toBe(200)
    expect(refusing.hasSeen(canary)).toBe(true)
    expect(await banyan.stop('SIGTERM')).toBe(0)
    expect(banyan.output()).not.toContain(canary)
    expect(filesWith(canary, home)).toEqual([])
  })
})
