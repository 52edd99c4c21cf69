import { synapsewaveDeviceFacts } from '@banyan/contracts'
import { BanyanError, type FieldProblem } from '@banyan/domain'
import { textOf } from '../api/fields.ts'
import { udidText, withoutBlanks } from './body-fields.ts'

export interface DeviceInfo {
  /** What the client says of its device, but its identifier, which opens things; null when it says nothing. */
  readonly facts: Readonly<Record<string, string>> | null
  readonly udid: string | null
}

const largestBytes = 4_096
const listed = new Set<string>(synapsewaveDeviceFacts)
const factText = textOf(1, 256)

/**
 * Reads `deviceinfo` (synapsewave.md §5.2). Members the vendor lists are checked, and throw `invalid_parameter` naming them; others are kept
 * where they are short text. Its `UDID` counts as the device that asks, so it must be one.
 */
export function readDeviceInfo(given: unknown): DeviceInfo {
  if (given === undefined) return { facts: null, udid: null }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refuse('deviceinfo', 'must be an object')
  if (Buffer.byteLength(JSON.stringify(given)) > largestBytes)
    throw refuse('deviceinfo', 'must not be larger than 4 KiB')
  const members = Object.entries(withoutBlanks(given))
  const problems = members.flatMap(([name, value]) => problemOf(name, value) ?? [])
  if (problems.length > 0) throw new BanyanError('invalid_parameter', { details: problems })
  const texts = members.filter((member): member is [string, string] => 'value' in factText(member[1]))
  const udid = texts.find(([name]) => name === 'UDID')?.[1] ?? null
  const facts = texts.filter(([name]) => name !== 'UDID')
  return { facts: facts.length === 0 ? null : Object.fromEntries(facts), udid }
}

function problemOf(name: string, value: unknown): FieldProblem | null {
  if (!listed.has(name)) return null
  const parsed = name === 'UDID' ? udidText(value) : factText(value)
  return 'reason' in parsed ? { field: `deviceinfo.${name}`, reason: parsed.reason } : null
}

function refuse(field: string, reason: string): BanyanError {
  return new BanyanError('invalid_parameter', { details: [{ field, reason }] })
}
