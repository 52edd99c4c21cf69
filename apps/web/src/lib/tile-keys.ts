import type { KeyboardEvent } from 'react'
import { type Direction, nextTile } from './next-tile.ts'

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** On a map whose tiles have a `data-tile` element each: arrows move to the next tile that way, Home and End to the first and the last. */
export function moveBetweenTiles(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const elements = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tile]')]
  const at = event.target instanceof HTMLElement ? elements.indexOf(event.target) : -1
  if (at < 0) return
  const direction = directions[event.key]
  const to = direction
    ? nextTile(
        elements.map((element) => element.getBoundingClientRect()),
        at,
        direction,
      )
    : { Home: 0, End: elements.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  elements[to]?.focus()
}
