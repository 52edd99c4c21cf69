/** Remembers how to close what was opened. */
export interface Undo {
  add(step: () => unknown): void
  /** Runs the steps, last added first, each once; a failing step does not keep the others from running. Rejects with the first failure. */
  run(): Promise<void>
}

export function createUndo(): Undo {
  const steps: (() => unknown)[] = []
  return {
    add(step) {
      steps.push(step)
    },
    async run() {
      const failures: unknown[] = []
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
