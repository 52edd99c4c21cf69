import { Link } from '@tanstack/react-router'
import type { ComponentProps, MouseEvent } from 'react'
import { searchOf, viewOf } from '../../../lib/view.ts'

interface ChartLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'target'> {
  readonly instrument: string
}

/** Shows an instrument in the overview's chart, and the chart where it is out of sight. */
export function ChartLink({ instrument, onClick, ...rest }: ChartLinkProps) {
  return (
    <Link
      {...rest}
      to="/"
      search={(current) => searchOf({ ...viewOf(current), instrument })}
      resetScroll={false}
      onClick={(event) => {
        onClick?.(event)
        if (isPlain(event)) showChart()
      }}
    />
  )
}

/** False for a press that opens another tab or window. */
function isPlain({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return !(metaKey || ctrlKey || shiftKey || altKey)
}

function showChart(): void {
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
  document.getElementById('instrument')?.scrollIntoView({ block: 'nearest', behavior })
}
