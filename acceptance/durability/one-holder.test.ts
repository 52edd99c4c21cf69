import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestFolder } from '../../apps/server/src/infra/database/testing/open-stores.ts'
import { type RunningChild, startChild } from './killed-child.ts'

describe('a second process on a data folder', () => {
  let folder: ReturnType<typeof createTestFolder>
  const hold = () => startChild(new URL('./hold-folder.child.ts', import.meta.url), [folder.homeDir])

  beforeEach(() => {
    folder = createTestFolder()
  })
  afterEach(() => folder.remove())

  it('is refused with folder, holder and remedy, and changes no byte', async () => {
    const holder = hold()
    await holder.waitFor('held')
    const before = hashFiles(folder.homeDir)
    const { code, lines } = await hold().ended
    expect(code).toBe(2)
    expect(lines.join()).toContain(`${folder.homeDir} is in use by process ${holder.process.pid}.`)
    expect(lines.join()).toContain('Stop it, or set BANYAN_HOME')
    expect(hashFiles(folder.homeDir)).toEqual(before)
    await holder.kill()
  })

  it('gets the folder as soon as the holder was killed', async () => {
    const first = hold()
    await first.waitFor('held')
    await first.kill()
    const second = hold()
    await expect(second.waitFor('held')).resolves.toBeUndefined()
    await second.kill()
  })

  it('never gets it together with another, when many start at once', { timeout: 60_000 }, async () => {
    const starts = Array.from({ length: 8 }, hold)
    const outcomes = await Promise.all(starts.map(outcomeOf))
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 2)).toHaveLength(7)
    await Promise.all(starts.map((start) => start.kill()))
  })
})

async function outcomeOf(child: RunningChild): Promise<'held' | number | null> {
  const held = child.waitFor('held').then(
    () => 'held' as const,
    () => null,
  )
  return Promise.race([held, child.ended.then(({ code }) => code)]).then(async (first) => {
    return first ?? (await child.ended).code
  })
}

/** Reads the holder's files from outside: only the holder itself would drop its locks by that. */
function hashFiles(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort()
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}
