import { formatIst, isDecimal } from '@banyan/domain'
import { toSnakeCase } from '../api/wire-names.ts'

/**
 * Returns what is exported as the wire spells it: names in snake case, every instant (a number called `at` or `…At`) in IST, and every
 * decimal as its digits. The facts of events are names and values of their own and stay as they are.
 */
export function toExport(value: object): Record<string, unknown> {
  const members = Object.entries(value).map(([name, member]) => [toSnakeCase(name), toMember(name, member)])
  return Object.fromEntries(members)
}

function toMember(name: string, value: unknown): unknown {
  if (typeof value === 'number' && /^at$|At$/.test(name)) return formatIst(value)
  if (isDecimal(value)) return value.toFixed()
  if (name === 'facts' || name === 'deviceFacts') return value
  if (Array.isArray(value)) return value.map((item) => toMember('', item))
  return typeof value === 'object' && value !== null ? toExport(value) : value
}
