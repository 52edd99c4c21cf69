import type { KeyboardEvent } from 'react'

/** In a table whose rows have a `data-row-key` element each: arrow up and down move between them, Home and End to the ends. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const keys = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-key]')]
  const at = event.target instanceof HTMLElement ? keys.indexOf(event.target) : -1
  if (at < 0) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  keys[to]?.focus()
}
