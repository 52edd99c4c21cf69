/** A recurring task that keeps something ready before anybody asks. */
export interface Warmer {
  /** Lower case with underscores, as `/api/health` shows it. */
  readonly name: string
  /** Pause between the end of a run and the start of the next, in milliseconds, ±10 %, while the market is open and while it is not. */
  readonly everyMs: { readonly open: number; readonly closed: number }
  /** `leader`: one instance of all runs it, for work on shared things. `each`: every instance, for what it holds in its own memory. */
  readonly runsOn: 'leader' | 'each'
  /** Longest run; then its signal aborts and the run counts as failed. 30 s unless told. */
  readonly timeoutMs?: number
  /** Does the work. Must end soon after the signal aborts: shutdown, lost lead or timeout. May run again at any time. */
  run(signal: AbortSignal): Promise<void>
}
