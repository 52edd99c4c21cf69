import { BanyanError } from '@banyan/domain'

/** Returns a name of ours (`exitPrice`) as the wire spells it (`exit_price`). */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Waits for work of the core, which names the members it refuses in its own spelling. */
export async function inWireNames<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof BanyanError) || error.code !== 'invalid_parameter') throw error
    const details = error.details.map(({ field, reason }) => ({ field: toSnakeCase(field), reason }))
    throw new BanyanError('invalid_parameter', { details, cause: error })
  }
}
