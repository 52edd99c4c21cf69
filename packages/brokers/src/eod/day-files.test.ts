import { parseTimestamp } from '@banyan/domain'
import { afterEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../../apps/sandbox/src/index.ts'
import { createUpstreamPort } from '../http/create-upstream-port.ts'
import type { UpstreamPort } from '../http/upstream-port.ts'
import { fetchDayFiles } from './day-files.ts'
import { dateOfFile } from './file-date.ts'
import { dayFileOperations } from './operations.ts'

let sandbox: Sandbox | undefined
let port: UpstreamPort | undefined
afterEach(async () => {
  await port?.close()
  await sandbox?.close()
})

async function fetchAt(now: string, date: string) {
  sandbox = await startSandbox({ seed: 7, clockStart: parseTimestamp(now) ?? 0 })
  const { exchange } = sandbox.urls
  port = createUpstreamPort({
    provider: 'eod',
    hosts: { nse: exchange, bse: exchange },
    operations: Object.values(dayFileOperations),
    limits: { pace: { perMs: 10, calls: 1, scope: 'installation' } },
    clock: { now: () => Date.now() },
    allowPrivate: true,
  })
  return fetchDayFiles(port, date, new AbortController().signal)
}

describe('end-of-day files', () => {
  it('are there in the evening: shares and indices of NSE, shares of BSE', async () => {
    const { files, missing } = await fetchAt('2026-03-12T22:00:00+05:30', '2026-03-12')
    expect(files.map(({ name }) => name)).toEqual([
      'sec_bhavdata_full_12032026.csv',
      'ind_close_all_12032026.csv',
      'BhavCopy_BSE_CM_0_0_0_20260312_F_0000.CSV',
    ])
    expect(missing).toEqual([])
    for (const { bytes } of files) expect(dateOfFile(bytes.toString('utf8'))).toBe('2026-03-12')
  })

  it('are missing before they are published, which is no failure', async () => {
    const { files, missing } = await fetchAt('2026-03-12T15:45:00+05:30', '2026-03-12')
    expect([files.length, missing.length]).toEqual([0, 3])
  })

  it('EX-6: of another day than asked are refused, as on a holiday that serves the session before', async () => {
    const { files } = await fetchAt('2026-01-26T22:00:00+05:30', '2026-01-26')
    expect(files).toEqual([])
  })

  it('fail when the archive does', async () => {
    await fetchAt('2026-03-12T22:00:00+05:30', '2026-03-12')
    sandbox?.control.setFault('exchange', { fault: 'html:200', count: 9 })
    await expect(fetchDayFiles(port as UpstreamPort, '2026-03-12', new AbortController().signal)).rejects.toMatchObject(
      {
        failure: 'malformed',
      },
    )
  })
})

describe('dateOfFile', () => {
  it.each([
    ['SYMBOL, SERIES, DATE1, PREV_CLOSE\nTCS, EQ, 21-Aug-2026, 1\n', '2026-08-21'],
    ['Index Name,Index Date,Open Index Value\nNifty 50,21-08-2026,1\n', '2026-08-21'],
    ['TradDt,BizDt\n2026-08-21,2026-08-21\n', '2026-08-21'],
    ['TradDt,BizDt\n31-Feb-2026,x\n', null],
    ['TradDt,BizDt\n', null],
    ['<html>No</html>', null],
    ['', null],
  ])('of %j is %s', (text, date) => {
    expect(dateOfFile(text)).toBe(date)
  })
})
