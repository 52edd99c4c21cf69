import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ArgumentError, help, readArguments } from './arguments.ts'
import { ist } from './testing/quiet-sandbox.ts'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-arguments-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (words: readonly string[], environment = {}) => readArguments(words, environment, folder)

describe('the arguments', () => {
  it('have defaults', () => {
    expect(read([])).toEqual({
      seed: 1,
      ports: { zerodha: 8101, icici: 8102, yahoo: 8103, exchange: 8104 },
      zerodha: { redirectUrl: 'http://localhost:8080/api/brokers/zerodha/callback' },
      icici: { redirectUrl: 'http://localhost:8080/api/brokers/icici/callback' },
    })
  })

  it('win over settings, which win over defaults', () => {
    const environment = { SANDBOX_SEED: '7', SANDBOX_YAHOO_PORT: '9000', SANDBOX_CLOCK: '2026-03-12T09:00:00+05:30' }
    expect(read(['--seed', '8', '--banyan-url', 'https://banyan.example:8443'], environment)).toMatchObject({
      seed: 8,
      ports: { yahoo: 9_000 },
      clockStart: ist('2026-03-12T09:00:00'),
      zerodha: { redirectUrl: 'https://banyan.example:8443/api/brokers/zerodha/callback' },
    })
  })

  it('read portfolios from a file, relative to where the user stood', () => {
    const portfolios = {
      XY0001: { holdings: [{ instrument: 'NSE:TCS', quantity: 1, averagePrice: 10 }], positions: [] },
    }
    writeFileSync(join(folder, 'mine.json'), JSON.stringify(portfolios))
    const environment = { INIT_CWD: folder }
    expect(readArguments(['--zerodha-portfolios', 'mine.json'], environment, '/')).toMatchObject({
      portfolio: { zerodha: portfolios },
    })
  })

  it('ask for help', () => {
    expect(read(['--help'])).toBeNull()
    for (const name of ['--seed', '--clock', '--exchange-port', '--banyan-url']) expect(help).toContain(name)
  })

  it.each([
    [['--seed', 'one'], '--seed must be a whole number from 0 to 4294967295.'],
    [['--icici-port', '70000'], '--icici-port must be a whole number from 0 to 65535.'],
    [['--clock', '2026-03-12 09:00'], '--clock must be a time with its offset, 2026-03-12T09:00:00+05:30.'],
    [['--banyan-url', 'banyan'], '--banyan-url must be an http:// or https:// URL.'],
    [['--portfolio', 'x'], '--zerodha-portfolios F'],
    [['--zerodha-portfolios', 'none.json'], 'none.json cannot be used: ENOENT'],
  ])('%j are refused: %s', (words, message) => {
    expect(() => read(words)).toThrow(ArgumentError)
    expect(() => read(words)).toThrow(message)
  })
})
