/** One setting: its variable, what it is for, its default as a user would write it, and how its text becomes a value. */
export interface Setting<T> {
  readonly variable: string
  readonly purpose: string
  readonly fallback: string | null
  /** What the value must be, completing "VARIABLE must be …". Never contains the value itself. */
  readonly rule: string
  /** Returns the value, or undefined when the text does not follow the rule. */
  readonly parse: (text: string) => T | undefined
}

/** Returns a setting that has a default. */
export function setting<T>(
  variable: string,
  fallback: string,
  purpose: string,
  rule: string,
  parse: (text: string) => T | undefined,
): Setting<T> {
  return { variable, fallback, purpose, rule, parse }
}

/** Returns a setting that may be left out. */
export function optional<T>(
  variable: string,
  purpose: string,
  rule: string,
  parse: (text: string) => T | undefined,
): Setting<T> {
  return { variable, fallback: null, purpose, rule, parse }
}
