import { BanyanError, type ErrorCode, type FieldProblem } from '@banyan/domain'

/** What the pool sends a worker. One job at a time. */
export interface JobRequest {
  readonly id: number
  readonly kind: string
  readonly input: unknown
}

/** What a worker answers: any number of `progress`, then one of the others. */
export type JobReply =
  | { readonly id: number; readonly type: 'progress'; readonly done: number }
  | { readonly id: number; readonly type: 'done'; readonly output: unknown }
  | { readonly id: number; readonly type: 'failed'; readonly failure: JobFailure }

/** An error in a form that reaches another thread; an expected one keeps what callers are told. */
interface JobFailure {
  readonly message: string
  readonly expected: {
    readonly code: ErrorCode
    readonly details: readonly FieldProblem[]
    readonly retryAfterS: number | null
  } | null
}

export function toFailure(error: unknown): JobFailure {
  if (!(error instanceof BanyanError)) return { message: String(error), expected: null }
  const { code, details, retryAfterS, message } = error
  return { message, expected: { code, details, retryAfterS } }
}

export function fromFailure({ message, expected }: JobFailure): Error {
  if (expected === null) return new Error(message)
  const { code, details, retryAfterS } = expected
  return new BanyanError(code, { message, details, ...(retryAfterS === null ? {} : { retryAfterS }) })
}
