import { type EpochMs, formatIst } from '@banyan/domain'
import { type Block, link, sentence } from './render-blocks.ts'

/** When and from where something was done, as far as the network tells. */
export interface WhereFrom {
  readonly at: EpochMs
  /** The client's network address; null when there is none, as for a command on the server itself. */
  readonly address: string | null
  /** What the client calls itself; null when it does not. */
  readonly device: string | null
}

export function whereFrom({ at, address, device }: WhereFrom): Block {
  const facts = [
    ['When', formatMoment(at)],
    ['From', address ?? 'this server itself'],
    ['With', device ?? ''],
  ] as const
  return { kind: 'facts', facts }
}

/** Returns what to do when the receiver did not do it; with the page to do it on when this server has a public address. */
export function ifNotYou(advice: string, accountUrl: string | null): readonly (Block | null)[] {
  return [sentence(`If this was not you: ${advice}`), accountUrl === null ? null : link('Your account', accountUrl)]
}

const months = 'January February March April May June July August September October November December'.split(' ')

/** Returns `12 March 2026, 11:42 IST`. */
export function formatMoment(instant: EpochMs): string {
  const [date = '', time = ''] = formatIst(instant).split('T')
  const [year, month, day] = date.split('-')
  return `${Number(day)} ${months[Number(month) - 1]} ${year}, ${time.slice(0, 5)} IST`
}
