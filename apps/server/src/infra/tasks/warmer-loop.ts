import { BanyanError } from '@banyan/domain'
import type { WarmerStatus } from '../../modules/status/index.ts'
import type { SystemClock } from '../clock.ts'
import { scrubError } from './scrub-error.ts'
import type { Warmer } from './warmer.ts'

/** Takes what the supervisor says; pino's logger fits. */
export interface TaskLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface WarmerLoopOptions {
  readonly clock: SystemClock
  readonly isMarketOpen: () => boolean
  readonly log: TaskLog
  readonly random: () => number
}

export interface WarmerLoop {
  /** Begins with a run at once; does nothing when it is going. */
  start(): void
  /** Moves the next run forward when the market's state now asks for a shorter pause. */
  reconsider(): void
  /** Aborts a run under way and returns when it has ended, after 5 s in any case. May be started again. */
  stop(): Promise<void>
  status(): WarmerStatus
}

/** Returns the loop of one warmer: run, pause, run; never two at once. No failure leaves it. */
export function createWarmerLoop(warmer: Warmer, options: WarmerLoopOptions): WarmerLoop {
  const { clock, isMarketOpen, log, random } = options
  let timer: NodeJS.Timeout | null = null
  let running: { readonly control: AbortController; readonly ended: Promise<void> } | null = null
  let isGoing = false
  let last: Omit<WarmerStatus, 'name'> = {
    lastRun: null,
    lastSuccess: null,
    durationMs: null,
    nextRun: null,
    lastError: null,
  }

  const pauseMs = () => {
    const usual = warmer.everyMs[isMarketOpen() ? 'open' : 'closed']
    // What runs once an hour must not stay failed for an hour after the database was away for a second.
    return (last.lastError === null ? usual : Math.min(usual, retryMs)) * (0.9 + 0.2 * random())
  }
  const schedule = (inMs: number) => {
    if (timer) clearTimeout(timer)
    last = { ...last, nextRun: Math.round(clock.now() + inMs) }
    timer = setTimeout(begin, inMs)
  }
  const begin = () => {
    timer = null
    const control = new AbortController()
    const ended = runOnce(warmer, control, clock).then((result) => {
      running = null
      const wasStopped = control.signal.reason === stopped
      if (!wasStopped) report(last.lastError, result.lastError)
      const lastSuccess = result.lastError === null ? result.lastRun : last.lastSuccess
      if (!wasStopped) last = { ...result, lastSuccess, nextRun: null }
      if (isGoing) schedule(wasStopped ? 0 : pauseMs())
    })
    running = { control, ended }
  }
  const report = (before: string | null, now: string | null) => {
    if (before === now) return
    if (now === null) log.info({ component: warmer.name }, 'Warmer works again.')
    else log.warn({ component: warmer.name, reason: now }, 'Warmer failed.')
  }

  return {
    start() {
      if (isGoing) return
      isGoing = true
      if (!running) schedule(0) // else the run that is being stopped begins the next one when it has ended
    },
    reconsider() {
      if (!timer || last.nextRun === null) return
      const pause = pauseMs()
      if (clock.now() + pause * 1.25 < last.nextRun) schedule(pause)
    },
    async stop() {
      isGoing = false
      if (timer) clearTimeout(timer)
      timer = null
      last = { ...last, nextRun: null, lastError: null } // from now on another instance's business, or nobody's
      running?.control.abort(stopped)
      if (running) await endedWithin(drainMs, running.ended)
    },
    status: () => ({ name: warmer.name, ...last }),
  }
}

/** Longest pause after a failed run. */
const retryMs = 5_000

/** A run that ignores its signal must not hold up a shutdown. */
const drainMs = 5_000

const stopped = new BanyanError('unavailable', { message: 'Stopped.' })

async function runOnce(
  warmer: Warmer,
  control: AbortController,
  clock: SystemClock,
): Promise<{ lastRun: number; durationMs: number; lastError: string | null }> {
  const lastRun = clock.now()
  const from = clock.elapsedMs()
  const { timeoutMs = 30_000 } = warmer
  const late = new BanyanError('unavailable', { message: `Not done within ${timeoutMs / 1_000} s.` })
  const timer = setTimeout(() => control.abort(late), timeoutMs)
  let lastError: string | null = null
  try {
    await warmer.run(control.signal)
    if (control.signal.aborted) lastError = scrubError(control.signal.reason)
  } catch (error) {
    lastError = scrubError(control.signal.aborted ? control.signal.reason : error)
  } finally {
    clearTimeout(timer)
  }
  return { lastRun, durationMs: Math.round(clock.elapsedMs() - from), lastError }
}

/** Returns when the promise is done, or the time is over. */
async function endedWithin(ms: number, promise: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([promise, over])
  clearTimeout(timer)
}
