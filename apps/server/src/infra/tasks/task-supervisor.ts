import type { WarmerStatus } from '../../modules/status/index.ts'
import type { SystemClock } from '../clock.ts'
import type { LeaderLock } from './leader-lock.ts'
import { scrubError } from './scrub-error.ts'
import type { Warmer } from './warmer.ts'
import { createWarmerLoop, type TaskLog } from './warmer-loop.ts'

export interface TaskSupervisorOptions {
  readonly warmers: readonly Warmer[]
  readonly lock: LeaderLock
  readonly clock: SystemClock
  readonly isMarketOpen: () => boolean
  readonly log: TaskLog
  /** Gives a number in [0, 1) for jitter; `Math.random` unless told. */
  readonly random?: () => number
}

export interface TaskSupervisor {
  /** Begins the warmers of each instance, and those of the leader as soon as this one leads. */
  start(): void
  /** Aborts what runs, waits for it, gives the lead up. Nothing runs afterwards. */
  stop(): Promise<void>
  /** Returns the warmers in the order given. */
  statuses(): readonly WarmerStatus[]
  isLeader(): boolean
}

/** How often the lead is asked for or confirmed. The lock of a dead holder is free within 6 s, so the lead moves within 10 s. */
const leadCheckMs = 2_000

/** Returns the supervisor of the background tasks: schedules, leads, reports. Nothing starts before `start`. */
export function createTaskSupervisor(options: TaskSupervisorOptions): TaskSupervisor {
  const { warmers, lock, log, random = Math.random } = options
  const loops = warmers.map((warmer) => ({
    runsOn: warmer.runsOn,
    loop: createWarmerLoop(warmer, { ...options, random }),
  }))
  const loopsOf = (runsOn: Warmer['runsOn']) => loops.filter((each) => each.runsOn === runsOn).map(({ loop }) => loop)
  let isLeader = false
  let isStopping = false
  let lastProblem: string | null = null
  let timer: NodeJS.Timeout | null = null
  let checking: Promise<void> = Promise.resolve()

  const ask = async (): Promise<boolean> => {
    try {
      const leads = await lock.acquire()
      lastProblem = null
      return leads
    } catch (error) {
      const problem = scrubError(error)
      if (problem !== lastProblem) log.warn({ reason: problem }, 'The lead cannot be asked for; not leading.')
      lastProblem = problem
      return false
    }
  }
  const lead = async (leads: boolean) => {
    if (leads !== isLeader) log.info({ leads }, leads ? 'This instance leads.' : 'This instance leads no more.')
    isLeader = leads
    if (leads) for (const loop of loopsOf('leader')) loop.start()
    else await Promise.all(loopsOf('leader').map((loop) => loop.stop()))
  }
  const check = async () => {
    const leads = await ask()
    if (isStopping) return
    await lead(leads)
    for (const { loop } of loops) loop.reconsider()
    if (!isStopping) timer = setTimeout(next, leadCheckMs)
  }
  const next = () => {
    checking = check()
  }

  return {
    start() {
      for (const loop of loopsOf('each')) loop.start()
      next()
    },
    async stop() {
      isStopping = true
      if (timer) clearTimeout(timer)
      await Promise.all(loops.map(({ loop }) => loop.stop()))
      await checking
      await lock.release()
      isLeader = false
    },
    statuses: () => loops.map(({ loop }) => loop.status()),
    isLeader: () => isLeader,
  }
}
