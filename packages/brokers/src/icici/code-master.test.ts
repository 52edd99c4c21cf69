import { instrumentId } from '@banyan/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { zipBytes } from '../../../../apps/server/src/modules/imports/testing/zip-bytes.ts'
import { createCodeMaster } from './code-master.ts'
import { type BreezeServer, startBreezeServer } from './testing/breeze-server.ts'
import { type Connected, connectIcici, never, noon } from './testing/connected-icici.ts'
import { bseFile, nseFile } from './testing/invented-code-files.ts'

const archiveOf = (symbol: string) =>
  zipBytes({
    'NSEScripMaster.txt': nseFile(['1', 'BANTRE', 'EQ', 'INE901X01013', symbol]),
    'BSEScripMaster.txt': bseFile(['500001', 'BANTRE', 'DR', 'INE901X01013', symbol]),
  })
const file = (body: Buffer) => ({ status: 200, body })
const page = (status: number) => ({ status, body: Buffer.from('<html></html>') })

let server: BreezeServer
let connected: Connected
beforeAll(async () => {
  server = await startBreezeServer()
})
beforeEach(() => {
  connected = connectIcici(server)
})
afterEach(() => connected.port.close())
afterAll(() => server.close())

const emptyMaster = () => createCodeMaster({ port: connected.port, clock: connected.time })

async function loadedMaster() {
  server.answerWith(() => file(archiveOf('BANYAN')))
  const master = emptyMaster()
  await master.load(never())
  return master
}

describe('the code master', () => {
  it('knows nothing before it was loaded, and keeps the text of a code', () => {
    const master = emptyMaster()
    expect([master.size, master.loadedAt()]).toEqual([0, null])
    expect(master.listingOf('NSE', 'BANTRE')).toEqual({ symbol: 'BANTRE', mapped: false, isin: null })
    expect(master.nameOf(instrumentId('NSE', 'BANYAN'))).toBeNull()
  })

  it('loads the list, without credentials', async () => {
    const master = await loadedMaster()
    expect([master.size, master.loadedAt()]).toEqual([2, noon])
    expect(master.listingOf('BSE', 'BANTRE')).toEqual({ symbol: 'BANYAN', mapped: true, isin: 'INE901X01013' })
    expect(master.nameOf(instrumentId('NSE', 'BANYAN'))).toEqual({ exchange: 'NSE', code: 'BANTRE' })
    expect(server.requests.map(({ path }) => path)).toEqual(['/MotherAppMaster/SecurityMaster.zip'])
    expect(
      Object.keys(server.requests[0]?.headers ?? {}).filter((name) => /^(x-|apikey|auth|cookie)/.test(name)),
    ).toEqual([])
  })

  it('puts the new list in place of the old one', async () => {
    const master = await loadedMaster()
    server.answerWith(() => file(archiveOf('PEEPAL')))
    connected.time.advance(1000)
    await master.load(never())
    expect(master.loadedAt()).toBe(noon + 1000)
    expect(master.listingOf('NSE', 'BANTRE').symbol).toBe('PEEPAL')
    expect(master.nameOf(instrumentId('NSE', 'BANYAN'))).toBeNull()
  })

  it('asks the second place when the first has no list', async () => {
    server.answerWith(({ path }) => (path.startsWith('/Mother') ? page(404) : file(archiveOf('BANYAN'))))
    const master = emptyMaster()
    await master.load(never())
    expect(master.size).toBe(2)
    expect(server.requests.at(-1)?.path).toBe('/NewSecurityMaster/SecurityMaster.zip')
  })

  it.each([
    ['rejected', page(404)],
    ['forbidden', page(403)],
    ['unavailable', page(500)],
    ['timeout', page(504)],
    ['rate_limited', page(429)],
    ['malformed', page(200)],
    ['malformed', page(304)],
    ['malformed', file(archiveOf('BANYAN').subarray(10))],
    ['malformed', file(zipBytes({ 'NSEScripMaster.txt': 'a,b', 'BSEScripMaster.txt': 'a,b' }))],
  ] as const)('keeps the list it holds when the new one is %s', async (failure, answer) => {
    const master = await loadedMaster()
    server.answerWith(() => answer)
    await expect(master.load(never())).rejects.toMatchObject({ failure, operation: 'codes' })
    expect([master.size, master.loadedAt()]).toEqual([2, noon])
    expect(master.listingOf('NSE', 'BANTRE').symbol).toBe('BANYAN')
  })

  it('rejects with the reason of the signal', async () => {
    const reason = new Error('shutting down')
    await expect(emptyMaster().load(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
