/** One line of the report. `meets` is null when a figure has no target. */
export interface Figure {
  readonly what: string
  readonly ours: string
  readonly peer: string
  readonly ratio: string
  readonly target: string
  readonly meets: boolean | null
}

const columns = ['what', 'ours', 'peer', 'ratio', 'target'] as const

/** Prints the figures as a table; a missed target is marked, not hidden, and does not end the run: machines are noisy. */
export function printReport(figures: readonly Figure[]): void {
  const widths = columns.map((name) => Math.max(name.length, ...figures.map((figure) => figure[name].length)))
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')
  console.log(line(columns))
  for (const figure of figures)
    console.log(line(columns.map((name) => figure[name])), figure.meets === false ? '  missed' : '')
}

export function round(value: number, decimals = 0): string {
  return value.toLocaleString('en-IN', { maximumFractionDigits: decimals, minimumFractionDigits: decimals })
}
