import { existsSync } from 'node:fs'
import { dayFileOperations } from '@banyan/brokers/eod'
import { createUpstreamPort, type UpstreamPort } from '@banyan/brokers/http'
import { parseTimestamp } from '@banyan/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../sandbox/src/index.ts'
import { createDayFiles } from './day-files.ts'

const at = (text: string) => parseTimestamp(`${text}+05:30`) ?? 0
const never = () => new AbortController().signal

let sandbox: Sandbox | undefined
let port: UpstreamPort | undefined
afterEach(async () => {
  await port?.close()
  await sandbox?.close()
})

async function open(now: string) {
  let time = at(now)
  sandbox = await startSandbox({ seed: 7, clockStart: time })
  const { exchange } = sandbox.urls
  port = createUpstreamPort({
    provider: 'eod',
    hosts: { nse: exchange, bse: exchange },
    operations: Object.values(dayFileOperations),
    limits: { pace: { perMs: 10, calls: 1, scope: 'installation' } },
    clock: { now: () => Date.now() },
    allowPrivate: true,
  })
  const imported: string[] = []
  const late: string[] = []
  let refreshed = 0
  const warmer = createDayFiles({
    port,
    calendar: { isTradingDay: (date) => !['2026-03-14', '2026-03-15'].includes(date) },
    clock: { now: () => time },
    async importFile(path) {
      if (!existsSync(path)) throw new Error('no file')
      imported.push(path.split('/').at(-1) ?? '')
    },
    afterImport: async () => void refreshed++,
    onLate: (date) => late.push(date),
  })
  const go = (instant: string) => {
    time = at(instant)
    sandbox?.control.clock.set(time)
  }
  return {
    warmer,
    imported,
    late,
    go,
    refreshed: () => refreshed,
    calls: () => sandbox?.control.log('exchange') ?? [],
  }
}

describe('the day files', () => {
  it('are fetched once in the evening of a session, and imported', async () => {
    const { warmer, imported, refreshed, calls } = await open('2026-03-12T22:00:00')
    await warmer.run(never())
    await warmer.run(never())
    expect([imported.length, refreshed(), calls().length]).toEqual([3, 1, 3])
    expect(imported[0]).toBe('sec_bhavdata_full_12032026.csv')
  })

  it('are not asked for before six, nor on a day without a session', async () => {
    const { warmer, go, calls } = await open('2026-03-12T17:59:59')
    await warmer.run(never())
    go('2026-03-14T20:00:00')
    await warmer.run(never())
    expect(calls()).toEqual([])
  })

  it('are an alarm when they are missing at eleven', async () => {
    const { warmer, late, imported } = await open('2026-03-12T23:00:00')
    sandbox?.control.setFault('exchange', { fault: 'status:404', count: 9 })
    await expect(warmer.run(never())).rejects.toThrow(
      'End-of-day files of 2026-03-12 are missing: sec_bhavdata_full_12032026.csv',
    )
    expect([late, imported]).toEqual([['2026-03-12'], []])
  })
})
