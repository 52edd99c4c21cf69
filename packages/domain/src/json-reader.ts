import type { FieldProblem } from './errors.ts'
import { parseTradingDate, type TradingDate } from './market-time.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Reads values of unknown shape; notes each fault and goes on with a stand-in, so that all of them are known at the end. */
export class JsonReader {
  readonly problems: FieldProblem[] = []

  report(field: string, reason: string): void {
    this.problems.push({ field: field === '' ? 'the file' : field, reason })
  }

  /** Tells whether a fault was noted at the path or below it. */
  hasProblemWithin(path: string): boolean {
    return this.problems.some(
      ({ field }) => field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`),
    )
  }

  object(value: unknown, path: string, keys: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(path, 'must be an object')
      return {}
    }
    for (const key of Object.keys(value))
      if (!keys.includes(key)) this.report(path === '' ? key : `${path}.${key}`, 'is not a known key')
    return { ...value }
  }

  list<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((item, i) => read(item, `${path}[${i}]`))
    this.report(path, 'must be a list')
    return []
  }

  optional<T, D>(value: unknown, absent: D, read: (value: unknown) => T): T | D {
    return value === undefined || value === null ? absent : read(value)
  }

  text(value: unknown, path: string): string {
    if (typeof value === 'string' && value.trim() !== '') return value
    this.report(path, 'must be a text that is not empty')
    return ''
  }

  boolean(value: unknown, path: string): boolean {
    if (typeof value === 'boolean') return value
    this.report(path, 'must be true or false')
    return true
  }

  date(value: unknown, path: string): TradingDate {
    const date = typeof value === 'string' ? parseTradingDate(value) : null
    if (date === null) this.report(path, 'must be an existing date YYYY-MM-DD')
    return date ?? '1970-01-01'
  }

  oneOf<const T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
    const found = allowed.find((item) => item === value)
    if (found === undefined) this.report(path, `must be one of ${allowed.join(', ')}`)
    return found ?? (allowed[0] as T)
  }

  /** Reads `HH:MM` up to `24:00`, in milliseconds after midnight. */
  timeOfDay(value: unknown, path: string, standIn: number): number {
    const match = typeof value === 'string' ? /^(\d{2}):([0-5]\d)$/.exec(value) : null
    const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
    if (minutes <= 24 * 60) return minutes * 60_000
    this.report(path, 'must be a time HH:MM')
    return standIn
  }
}
