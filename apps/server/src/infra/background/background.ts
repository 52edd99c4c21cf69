import type { Background } from '../../modules/identity/index.ts'

/** Work nobody waits for. */
export interface RunningBackground extends Background {
  /** Resolves when everything that was begun has ended. */
  idle(): Promise<void>
}

/** Creates the place where work goes on after a reply: a failure is told to `onFailure`, and a stopping server waits for the rest. */
export function createBackground(onFailure: (name: string, error: unknown) => void): RunningBackground {
  const running = new Set<Promise<void>>()
  return {
    run(name, work) {
      const task: Promise<void> = work()
        .catch((error: unknown) => onFailure(name, error))
        .finally(() => running.delete(task))
      running.add(task)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
