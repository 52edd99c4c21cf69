import { BanyanError, type ErrorCode, errorTable, type FieldProblem } from '@banyan/domain'

/** A failure on its way to a caller: what a renderer may show, and nothing else. */
export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly details: readonly FieldProblem[]
  readonly retryAfterS: number | null
  readonly requestId: string
  /** Set only where HTTP itself decides the status (408 of a slow client); otherwise the dialect's table does. */
  readonly status?: number
}

interface RenderedProblem {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One API's part of the address space: everything below `prefix` fails in its shape and carries its headers. */
export interface Surface {
  /** `/api`: matches `/api` itself and everything below `/api/`. */
  readonly prefix: string
  renderProblem(problem: Problem): RenderedProblem
  /** Headers of every reply, errors included, names and values in turn; asked for each time. */
  headers?(): readonly string[]
  /** Returns the address the router sees in place of one below the prefix; the request keeps the original beside it. */
  rewrite?(url: string): string
}

/** Finds the surface an address belongs to; the first one listed answers for addresses that belong to none. */
export function createSurfaces(surfaces: readonly [Surface, ...Surface[]]) {
  return {
    prefixes: surfaces.map((surface) => surface.prefix),
    /** Returns the surface the address lies in, or null. */
    find: (url: string): Surface | null => surfaces.find((surface) => isBelow(url, surface.prefix)) ?? null,
    /** Returns the address as the router shall see it. */
    rewrite(url: string): string {
      const surface = surfaces.find(({ prefix }) => isBelow(url, prefix))
      return surface?.rewrite?.(url) ?? url
    },
    /** Returns the surface whose error shape the address gets. */
    forErrors: (url: string): Surface => surfaces.find((surface) => isBelow(url, surface.prefix)) ?? surfaces[0],
  }
}
export type Surfaces = ReturnType<typeof createSurfaces>

/** Tells whether an address with or without query is `prefix` or lies below it. */
export function isBelow(url: string, prefix: string): boolean {
  if (!url.startsWith(prefix)) return false
  const next = url.charCodeAt(prefix.length)
  return Number.isNaN(next) || next === 47 /* / */ || next === 63 /* ? */
}

/** Returns what may be told of an error. Anything that is not an expected failure becomes `internal_error` with its fixed sentence. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = error instanceof BanyanError ? error : translate(error)
  const { code, message, details, retryAfterS } = known
  return { code, message, details, retryAfterS: retryAfterS ?? defaultRetryAfterS(code), requestId }
}

/** Returns a problem that is only its code. */
export function plainProblem(code: ErrorCode, requestId: string): Problem {
  return toProblem(new BanyanError(code), requestId)
}

function defaultRetryAfterS(code: ErrorCode): number | null {
  return code !== 'internal_error' && errorTable[code].retry === 'later' ? 1 : null
}

function translate(error: unknown): BanyanError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new BanyanError('body_too_large', { cause: error })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_TYPE':
      return new BanyanError('unsupported_media_type', { cause: error })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new BanyanError('invalid_json', { cause: error })
    case 'FST_ERR_BAD_URL':
      return badAddress(error)
    case 'FST_ERR_HANDLER_TIMEOUT':
      return new BanyanError('unavailable', { cause: error })
    default:
      return new BanyanError('internal_error', { cause: error })
  }
}

function badAddress(cause: unknown): BanyanError {
  const reason = 'has a % that is not followed by two hexadecimal digits of UTF-8 text'
  return new BanyanError('invalid_parameter', { details: [{ field: 'path', reason }], cause })
}
