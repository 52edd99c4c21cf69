interface RejectedRowsProps {
  readonly errors: readonly {
    readonly line: number
    readonly column: string | null
    readonly reason: string
    /** What can be done, where the server says so. */
    readonly remedy?: string
  }[]
  /** How many there are, of which `errors` has the first. */
  readonly count: number
}

/** What is wrong with which lines of a file; nothing where nothing is. */
export function RejectedRows({ errors, count }: RejectedRowsProps) {
  if (errors.length === 0) return null
  return (
    <>
      <section
        className="max-h-64 overflow-y-auto rounded-md border border-line"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label="Rejected rows"
      >
        <table className="w-full text-sm">
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                Line
              </th>
              <th scope="col" className="px-2 py-1 text-left font-medium">
                Column
              </th>
              <th scope="col" className="px-2 py-1 text-left font-medium">
                What is wrong
              </th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ line, column, reason, remedy }) => (
              <tr key={`${line} ${column} ${reason}`} className="border-t border-line align-top">
                <td className="px-2 py-1 text-right">{line}</td>
                <td className="px-2 py-1">{column ?? 'the row'}</td>
                <td className="px-2 py-1">
                  {reason}
                  {remedy === undefined ? null : <span className="block text-xs text-muted">{remedy}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {count > errors.length ? <p className="text-xs text-muted">The first {errors.length} are shown.</p> : null}
    </>
  )
}
