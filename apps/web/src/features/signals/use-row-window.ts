import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import {
  layRows,
  type RowRange,
  rowAfterKey,
  rowsInSight,
  type ScrolledRows,
  scrollToShow,
} from '../../lib/row-window.ts'

/**
 * Makes only the rows of a table that are in sight. The table stands in a box that scrolls, its head stays; a row has `data-row` with its
 * number and in it one element with `data-row-key`, the one that takes the focus. One row is the table's stop for the Tab key.
 */
export function useRowWindow(count: number) {
  const box = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<RowRange>({ from: 0, to: Math.min(count, 24) })
  const [rowHeight, setRowHeight] = useState(48)
  const [stop, setStop] = useState(0)
  /** A row that is to have the focus as soon as it is there. */
  const awaited = useRef<number | null>(null)

  const look = useCallback(() => {
    if (!box.current) return
    const scrolled = scrolledRows(box.current)
    const seen = rowsInSight(scrolled, count)
    setRowHeight(scrolled.rowHeight)
    setRange((before) => (before.from === seen.from && before.to === seen.to ? before : seen))
  }, [count])

  useLayoutEffect(look, [look])
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(look)
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [look])

  useLayoutEffect(() => {
    const row = awaited.current === null ? null : box.current?.querySelector(`[data-row="${awaited.current}"]`)
    const key = row?.querySelector<HTMLElement>('[data-row-key]')
    if (!key) return
    key.focus({ preventScroll: true })
    if (!row?.hasAttribute('data-waiting')) awaited.current = null
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!box.current || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.target instanceof HTMLElement && event.target.closest('[data-row]'))) return
    const scrolled = scrolledRows(box.current)
    const page = Math.floor(scrolled.bodyHeight / scrolled.rowHeight)
    const to = rowAfterKey(event.key, stop, { count, page })
    if (to === null) return
    event.preventDefault()
    awaited.current = to
    setStop(to)
    box.current.scrollTop = scrollToShow(to, scrolled)
    look()
  }
  const toTop = useCallback(() => {
    setStop(0)
    awaited.current = null
    if (box.current) box.current.scrollTop = 0
  }, [])
  return {
    box,
    laid: layRows(count, range, stop),
    /** Up to here rows are asked for. */
    reach: Math.max(range.to, stop + 1),
    rowHeight,
    stop,
    toTop,
    onScroll: look,
    onKeyDown,
    onFocusRow: (row: number) => {
      if (awaited.current !== row) awaited.current = null
      setStop(row)
    },
  }
}

function scrolledRows(box: HTMLElement): ScrolledRows {
  const head = box.querySelector('thead')?.offsetHeight ?? 0
  const rowHeight = box.querySelector<HTMLElement>('[data-row]')?.offsetHeight || 48
  return { scrollTop: box.scrollTop, bodyHeight: box.clientHeight - head, rowHeight }
}
