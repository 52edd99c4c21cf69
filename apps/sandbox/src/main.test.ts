import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('main.ts', import.meta.url))
const freePorts = ['zerodha', 'icici', 'yahoo', 'exchange'].flatMap((provider) => [`--${provider}-port`, '0'])

function run(...words: readonly string[]) {
  const child = spawn(process.execPath, [program, ...freePorts, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += String(chunk)
    })
  }
  return { child, text: () => text, ended: once(child, 'close') }
}

it('prints where it is and how Banyan is pointed at it, and ends when it is told to', async () => {
  const { child, text, ended } = run('--clock', '2026-03-12T09:00:00+05:30')
  await expect.poll(text, { timeout: 20_000 }).toContain('Ctrl-C ends it.')
  const addresses = Object.fromEntries([...text().matchAll(/([A-Z_]+_URL)=(\S+)/g)].map(([, name, url]) => [name, url]))
  expect(Object.keys(addresses).sort()).toEqual([
    'BSE_DOWNLOAD_URL',
    'ICICI_API_URL',
    'ICICI_HISTORY_URL',
    'ICICI_MASTER_URL',
    'NSE_ARCHIVES_URL',
    'YAHOO_URL',
    'ZERODHA_API_URL',
    'ZERODHA_LOGIN_URL',
    'ZERODHA_TICKER_URL',
  ])
  const clock = await (await fetch(`${addresses['ZERODHA_API_URL']}/_sandbox/clock`)).json()
  expect(clock).toMatchObject({ now: expect.stringMatching(/^2026-03-12T09:0/), frozen: false })
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

it('says which port is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { text, ended } = run('--exchange-port', String(port))
  expect(await ended).toEqual([1, null])
  expect(text()).toContain(`Port ${port} is taken`)
  taken.close()
})

it('refuses what it does not know, with the list of what it does', async () => {
  const { text, ended } = run('--speed', '2')
  expect(await ended).toEqual([64, null])
  expect(text()).toMatch(/Unknown option '--speed'[\s\S]*--seed N/)
})
