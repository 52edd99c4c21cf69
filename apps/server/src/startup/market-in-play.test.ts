import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigurationError, readConfig } from '../config.ts'
import { chooseMarket } from './market-in-play.ts'

const wall = { now: () => Date.UTC(2026, 10, 23, 5, 30) }
const empty = mkdtempSync(join(tmpdir(), 'banyan-data-'))
const recorded = mkdtempSync(join(tmpdir(), 'banyan-data-'))
mkdirSync(join(recorded, 'gpl-3.0'))
writeFileSync(join(recorded, 'gpl-3.0', 'ticks-2021-06-09.csv.gz'), '')

afterAll(() => {
  for (const folder of [empty, recorded]) rmSync(folder, { recursive: true })
})

const choose = (environment: Record<string, string>, folder: string) =>
  chooseMarket(readConfig(environment, []), folder, wall)

describe('the market a server shows', () => {
  it('is the recorded day when nothing else was said', () => {
    const { clock, recording } = choose({}, recorded)
    expect(clock).toMatchObject({ mode: 'replay', recordedDate: '2021-06-09' })
    expect(recording).toBe(join(recorded, 'gpl-3.0', 'ticks-2021-06-09.csv.gz'))
  })

  it('is a live one without prices when an operator has deleted the bundled folders', () => {
    const { clock, recording } = choose({}, empty)
    expect([clock.mode, clock.recordedDate, clock.now(), recording]).toEqual(['live', null, wall.now(), null])
  })

  it('is live on request, recorded or not', () => {
    expect(choose({ MARKET: 'live' }, recorded)).toMatchObject({ clock: { mode: 'live' }, recording: null })
  })

  it.each([
    [{ MARKET: 'replay' }, empty, 'none is in the data folder'],
    [{ REPLAY_DATE: '2021-06-08' }, recorded, '2021-06-09'],
  ])('is refused with the days there are: %j', (environment, folder, names) => {
    expect(() => choose(environment as Record<string, string>, folder)).toThrow(ConfigurationError)
    expect(() => choose(environment as Record<string, string>, folder)).toThrow(names)
  })
})
