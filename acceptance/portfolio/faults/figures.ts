/** One line of the table: what was measured, and what it may be at most. */
export interface FaultFigure {
  readonly provider: string
  readonly fault: string
  readonly what: string
  readonly figure: number | string
  /** Null where there is none. */
  readonly bar: number | string | null
  readonly pass: boolean
}

export type FaultTable = ReturnType<typeof createTable>

/** Collects the figures of one fault. */
export function createTable(provider: string, fault: string) {
  const lines: FaultFigure[] = []
  return {
    lines: lines as readonly FaultFigure[],
    atMost(what: string, figure: number, bar: number): void {
      lines.push({ provider, fault, what, figure: Math.round(figure * 100) / 100, bar, pass: figure <= bar })
    },
    equal(what: string, figure: string, bar: string): void {
      lines.push({ provider, fault, what, figure, bar, pass: figure === bar })
    },
    /** Notes a figure that depends on what else the machine does. */
    report(what: string, figure: number): void {
      lines.push({ provider, fault, what, figure: Math.round(figure * 100) / 100, bar: null, pass: true })
    },
  }
}

/** Prints figures as JSON, one a line. */
export function printFigures(figures: readonly FaultFigure[]): void {
  process.stdout.write(figures.map((figure) => `${JSON.stringify(figure)}\n`).join(''))
}
