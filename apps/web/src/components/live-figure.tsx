import type { ReactNode } from 'react'

/** One line of a table's cell for a figure that changes by itself; the table must be of fixed layout, its columns of given widths. */
export function LiveFigure({ small = false, children }: { readonly small?: boolean; readonly children: ReactNode }) {
  return <span className={`live-figure ${small ? 'text-xs' : ''}`}>{children}</span>
}
