import { type TickerMode, tickerModes } from './packets.ts'

const mostTokens = 3_000

/** What came of a message. */
interface FollowedMessage {
  /** What the vendor complains about; null when it does not. */
  readonly problem: string | null
  /** Tokens that are to be sent anew. */
  readonly changed: readonly number[]
}

/** What one connection listens to. */
export interface Subscriptions {
  /** Follows one message of the client. */
  follow(message: string): FollowedMessage
  modes(): ReadonlyMap<number, TickerMode>
}

const nothing: FollowedMessage = { problem: null, changed: [] }
const invalid: FollowedMessage = { problem: 'The message is not understood.', changed: [] }

export function createSubscriptions(): Subscriptions {
  const modes = new Map<number, TickerMode>()
  const actions: Readonly<Record<string, (value: unknown) => FollowedMessage>> = {
    subscribe(value) {
      const wanted = tokensIn(value).filter((token) => !modes.has(token))
      const changed = wanted.slice(0, Math.max(0, mostTokens - modes.size))
      for (const token of changed) modes.set(token, 'quote')
      return { problem: changed.length < wanted.length ? `At most ${mostTokens} instruments.` : null, changed }
    },
    unsubscribe(value) {
      for (const token of tokensIn(value)) modes.delete(token)
      return nothing
    },
    mode(value) {
      const [name, tokens] = Array.isArray(value) ? value : []
      const mode = tickerModes.find((known) => known === name)
      if (mode === undefined) return invalid
      const changed = tokensIn(tokens).filter((token) => modes.has(token) && modes.get(token) !== mode)
      for (const token of changed) modes.set(token, mode)
      return { problem: null, changed }
    },
  }
  return {
    modes: () => modes,
    follow(message) {
      const { a: action, v: value } = readMessage(message)
      const act = typeof action === 'string' && Object.hasOwn(actions, action) ? actions[action] : undefined
      return act ? act(value) : invalid
    },
  }
}

function readMessage(message: string): { readonly a?: unknown; readonly v?: unknown } {
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Tokens written as texts are ignored without a word, as the vendor does. */
function tokensIn(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((token) => Number.isInteger(token)) : []
}
