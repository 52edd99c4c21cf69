import { BanyanError, type EpochMs, istDate, istMidnight } from '@banyan/domain'
import { readCode, readDate } from './read-cell.ts'

/** What the lines above a table say about it; null where they do not. */
export interface FileTitles {
  readonly account: string | null
  readonly asOf: EpochMs | null
}

const accountName = /^(?:client|user|customer|trading)[ _]?(?:id|code)\b|^ucc\b/i
const asOn = /\bas (?:on|of|at)\b[\s:]*(.+)$/i

/** The cash market's close. */
const closeMs = 15.5 * 3_600_000

/** Reads the lines above a header, in cells. Throws `invalid_parameter` for a statement of a day to come. */
export function readFileTitles(lines: readonly (readonly string[])[], now: EpochMs): FileTitles {
  return { account: accountIn(lines), asOf: asOfIn(lines, now) }
}

/** `Client ID` stands in a cell before the ID, or in the same with a colon between. */
function accountIn(lines: readonly (readonly string[])[]): string | null {
  for (const cells of lines) {
    const place = cells.findIndex((cell) => accountName.test(cell.trim()))
    if (place === -1) continue
    const [, ...inside] = (cells[place] ?? '').split(':')
    const candidates = [inside.join(':'), ...cells.slice(place + 1)].map((text) => text.trim())
    const code = readCode(candidates.find((text) => text !== '') ?? '')
    if ('value' in code) return code.value
  }
  return null
}

/** A day means its close; of today, now at the latest. */
function asOfIn(lines: readonly (readonly string[])[], now: EpochMs): EpochMs | null {
  for (const cell of lines.flat()) {
    const date = readDate(asOn.exec(cell)?.[1]?.trim() ?? '')
    if ('reason' in date) continue
    if (date.value <= istDate(now)) return Math.min(now, istMidnight(date.value) + closeMs)
    const reason = `says that it is as on ${date.value}, which is to come`
    throw new BanyanError('invalid_parameter', { details: [{ field: 'body', reason }] })
  }
  return null
}
