import type { EpochMs } from '@banyan/domain'
import { firstAbove, nothing, officialClose, type ReplayBook, type Showing } from './replay-book.ts'

/** Walks through a replayed day and says what changed since the last step. */
export interface ReplayCursor {
  /** Moves to an instant on the market clock, forwards or back, and returns the positions whose showing changed, each once. */
  moveTo(at: EpochMs): readonly number[]
  /** Returns what an instrument shows where the cursor stands. */
  showing(position: number): Showing
}

/** Above this many ticks in one step (a start, a loop, a sleeping laptop) looking each instrument up is cheaper than walking. */
const walkAtMost = 2_000

/** Returns a cursor before the beginning: nothing is shown, and the first move reports every instrument that shows something. */
export function createReplayCursor(book: ReplayBook): ReplayCursor {
  const { release, closesAt } = book
  const { instrument } = book.day.ticks
  const showing = new Int32Array(book.day.instruments.length).fill(nothing)
  const seenInStep = new Uint32Array(showing.length)
  const closes = closesAt.filter(Number.isFinite)
  const [firstClose, lastClose] = [Math.min(...closes), Math.max(...closes)]
  let step = 0
  let stood = Number.NEGATIVE_INFINITY
  let next = 0
  let changed: number[] = []

  const show = (position: number, what: Showing): void => {
    if (showing[position] === what) return
    showing[position] = what
    if (seenInStep[position] === step) return
    seenInStep[position] = step
    changed.push(position)
  }

  const jumpTo = (ms: number): void => {
    for (let position = 0; position < showing.length; position++) show(position, book.showingAt(position, ms))
    next = firstAbove(0, release.length, (at) => (release[at] ?? 0) > ms)
  }

  const walkTo = (ms: number): void => {
    for (; next < release.length && (release[next] ?? 0) <= ms; next++) show(instrument[next] ?? 0, next)
    if (ms < firstClose || stood >= lastClose) return
    closesAt.forEach((closeAt, position) => {
      if (ms >= closeAt) show(position, officialClose)
    })
  }

  const isJump = (ms: number) =>
    ms < stood || stood === Number.NEGATIVE_INFINITY || (release[next + walkAtMost] ?? ms + 1) <= ms

  return {
    moveTo(at) {
      const ms = at - book.day.midnight
      changed = []
      step += 1
      if (isJump(ms)) jumpTo(ms)
      else walkTo(ms)
      stood = ms
      return changed
    },
    showing: (position) => showing[position] ?? nothing,
  }
}
