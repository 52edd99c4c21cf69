import type { TokenKind } from '../../modules/identity/index.ts'

/**
 * What tells a token's kind on the wire, and which further claims it carries. Kinds of /api say `token_type` (stocktrendz.md §3), the
 * others `aud` (synapsewave.md §2): no token has both, so that none can be read as another.
 */
export const kindClaims = {
  session: { token_type: 'session', hasSession: true, hasApplication: false },
  access: { token_type: 'access', hasSession: true, hasApplication: false },
  refresh: { token_type: 'refresh', hasSession: true, hasApplication: false },
  challenge: { token_type: 'challenge', hasSession: false, hasApplication: false },
  interactive: { aud: 'interactive', hasSession: true, hasApplication: true },
  feed: { aud: 'feed', hasSession: true, hasApplication: true },
  register: { aud: 'register', hasSession: false, hasApplication: true },
  code: { aud: 'otp', hasSession: false, hasApplication: true },
} as const satisfies Record<
  TokenKind,
  { readonly hasSession: boolean; readonly hasApplication: boolean } & (
    | { readonly token_type: string }
    | { readonly aud: string }
  )
>

const kinds = Object.keys(kindClaims) as TokenKind[]

/** Returns the kind a payload says it is; null when it says none, or two. */
export function kindOf(payload: Readonly<Record<string, unknown>>): TokenKind | null {
  const { token_type: type, aud } = payload
  if ((type === undefined) === (aud === undefined)) return null
  return kinds.find((kind) => isOfKind(kind, type, aud)) ?? null
}

function isOfKind(kind: TokenKind, type: unknown, aud: unknown): boolean {
  const claims = kindClaims[kind]
  return 'token_type' in claims ? claims.token_type === type : claims.aud === aud
}
