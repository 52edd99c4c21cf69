import { segments, sessionGroups, tradingPhases } from './calendar.ts'
import type { CalendarData, ClosedDay, PhaseTimes, ReopenedDay, SegmentHours, SpecialSession } from './calendar-data.ts'
import type { FieldProblem } from './errors.ts'
import { type Fields, JsonReader } from './json-reader.ts'
import { dayMs } from './market-time.ts'

/** A calendar file that cannot be used. `problems` lists every fault with its JSON path (`closed[3].date`). */
export class CalendarDataError extends Error {
  readonly problems: readonly FieldProblem[]

  constructor(problems: readonly FieldProblem[]) {
    super(
      `The calendar file has ${problems.length} ${problems.length === 1 ? 'fault' : 'faults'}: ${render(problems)}.`,
    )
    this.name = 'CalendarDataError'
    this.problems = problems
  }
}

function render(problems: readonly FieldProblem[]): string {
  return problems.map((problem) => `${problem.field} ${problem.reason}`).join('; ')
}

/**
 * Returns the content of a calendar file. Lists that are absent are empty; unknown keys are refused, because a misspelt one
 * would silently open a holiday. Throws {@link CalendarDataError} with every fault found.
 */
export function parseCalendarData(json: unknown): CalendarData {
  const reader = new JsonReader()
  const root = reader.object(json, '', ['version', 'knownFrom', 'knownTo', 'hours', 'closed', 'special', 'reopened'])
  const list = <T>(key: string, read: (value: unknown, path: string) => T) => reader.list(root[key], key, read)
  const data: CalendarData = {
    version: reader.text(root['version'], 'version'),
    knownFrom: reader.optional(root['knownFrom'], null, (value) => reader.date(value, 'knownFrom')),
    knownTo: reader.optional(root['knownTo'], null, (value) => reader.date(value, 'knownTo')),
    hours: list('hours', (value, path) => readHours(reader, value, path)),
    closed: list('closed', (value, path) => readClosed(reader, value, path)),
    special: list('special', (value, path) => readSpecial(reader, value, path)),
    reopened: list('reopened', (value, path) => readReopened(reader, value, path)),
  }
  checkOneEntryPerDay(reader, data)
  checkOneRowPerStart(reader, data.hours)
  if (data.knownFrom !== null && data.knownTo !== null && data.knownFrom > data.knownTo)
    reader.report('knownTo', 'must not lie before knownFrom')
  if (reader.problems.length > 0) throw new CalendarDataError(reader.problems)
  return data
}

function readHours(reader: JsonReader, value: unknown, path: string): SegmentHours {
  const row = reader.object(value, path, ['segment', 'group', 'from', 'phases'])
  return {
    segment: reader.oneOf(row['segment'], `${path}.segment`, segments),
    group: reader.optional(row['group'], null, (group) => reader.oneOf(group, `${path}.group`, sessionGroups)),
    from: reader.date(row['from'], `${path}.from`),
    phases: readPhases(reader, row['phases'], `${path}.phases`),
  }
}

function readClosed(reader: JsonReader, value: unknown, path: string): ClosedDay {
  const row = reader.object(value, path, ['date', 'segments', 'name', 'source', 'confirmed'])
  return { ...readDay(reader, row, path), ...readName(reader, row, path) }
}

function readSpecial(reader: JsonReader, value: unknown, path: string): SpecialSession {
  const row = reader.object(value, path, ['date', 'segments', 'name', 'phases', 'source', 'confirmed'])
  return {
    ...readDay(reader, row, path),
    ...readName(reader, row, path),
    phases: readSpecialPhases(reader, row['phases'], `${path}.phases`),
  }
}

function readSpecialPhases(reader: JsonReader, value: unknown, path: string): SpecialSession['phases'] {
  if (value === null || value === 'regular') return value
  if (Array.isArray(value)) return readPhases(reader, value, path)
  reader.report(path, 'must be null, "regular" or a list of phases')
  return null
}

function readReopened(reader: JsonReader, value: unknown, path: string): ReopenedDay {
  return readDay(reader, reader.object(value, path, ['date', 'segments', 'source']), path)
}

function readDay(reader: JsonReader, row: Fields, path: string) {
  const at = `${path}.segments`
  const named = reader.list(row['segments'], at, (value, item) => reader.oneOf(value, item, segments))
  if (named.length === 0 && !reader.hasProblemWithin(at)) reader.report(at, 'must name at least one segment')
  return {
    date: reader.date(row['date'], `${path}.date`),
    segments: named,
    source: reader.text(row['source'], `${path}.source`),
  }
}

function readName(reader: JsonReader, row: Fields, path: string) {
  return {
    name: row['name'] === null ? null : reader.text(row['name'], `${path}.name`),
    confirmed: reader.optional(row['confirmed'], true, (value) => reader.boolean(value, `${path}.confirmed`)),
  }
}

function readPhases(reader: JsonReader, value: unknown, path: string): PhaseTimes[] {
  const phases = reader.list(value, path, (item, at) => readPhase(reader, item, at))
  if (phases.length === 0 && !reader.hasProblemWithin(path)) reader.report(path, 'must hold at least one phase')
  phases.forEach((phase, i) => {
    if (reader.hasProblemWithin(`${path}[${i}]`)) return
    if (phase.toMs <= phase.fromMs) reader.report(`${path}[${i}]`, 'must end after it starts')
    if (phase.fromMs < (phases[i - 1]?.toMs ?? 0))
      reader.report(`${path}[${i}]`, 'must not start before the one before ends')
  })
  return phases
}

function readPhase(reader: JsonReader, value: unknown, path: string): PhaseTimes {
  const [phase, from, to] = Array.isArray(value) && value.length === 3 ? value : []
  if (phase === undefined) reader.report(path, 'must be [phase, "HH:MM", "HH:MM"]')
  if (phase === undefined) return { phase: 'open', fromMs: 0, toMs: dayMs }
  return {
    phase: reader.oneOf(phase, `${path}[0]`, tradingPhases),
    fromMs: reader.timeOfDay(from, `${path}[1]`, 0),
    toMs: reader.timeOfDay(to, `${path}[2]`, dayMs),
  }
}

/** A date both closed and special, or told twice, has no meaning: which one counts would depend on the order of reading. */
function checkOneEntryPerDay(reader: JsonReader, data: CalendarData): void {
  const first = new Map<string, string>()
  for (const key of ['closed', 'special', 'reopened'] as const)
    data[key].forEach((day, i) => {
      if (reader.hasProblemWithin(`${key}[${i}]`)) return
      for (const segment of day.segments) {
        const told = `${day.date} ${segment}`
        const before = first.get(told)
        if (before !== undefined) reader.report(`${key}[${i}]`, `tells ${told} again, after ${before}`)
        else first.set(told, `${key}[${i}]`)
      }
    })
}

function checkOneRowPerStart(reader: JsonReader, hours: readonly SegmentHours[]): void {
  const seen = new Set<string>()
  hours.forEach((row, i) => {
    if (reader.hasProblemWithin(`hours[${i}]`)) return
    const key = `${row.segment} ${row.group} ${row.from}`
    if (seen.has(key)) reader.report(`hours[${i}]`, 'repeats the segment, group and start of an earlier row')
    seen.add(key)
  })
}
