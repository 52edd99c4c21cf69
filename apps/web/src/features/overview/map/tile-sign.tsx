import { directionOf } from '../../../lib/numbers.ts'

const signs = { up: '+', down: '\u2212', flat: '0' } as const

/** All a small tile has room for: colour is never alone where anything can be read at all. */
export function TileSign({ percent }: { readonly percent: number }) {
  return (
    <span aria-hidden="true" className="m-auto leading-none font-semibold">
      {signs[directionOf(percent)]}
    </span>
  )
}
