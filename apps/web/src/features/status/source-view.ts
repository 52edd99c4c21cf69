import type { Health, IciciStatus, ZerodhaStatus } from '@banyan/client'
import { sourceName } from '../../lib/source-names.ts'

type Provider = Health['providers'][number]

/** The server's own sessions at the brokers whose prices everybody sees. */
export interface SourceSessions {
  readonly zerodha: Pick<ZerodhaStatus, 'configured' | 'valid'>
  readonly icici: Pick<IciciStatus, 'configured' | 'valid'>
}

export type SignInSource = keyof SourceSessions

export type SourceState = 'works' | 'unasked' | 'unsteady' | 'resting' | 'trying' | 'fails' | 'sign_in' | 'off'

/** A source of prices as a person is told of it. */
export interface SourceView {
  readonly id: string
  readonly name: string
  /** What it is for. */
  readonly purpose: string
  readonly state: SourceState
  /** Where whoever runs the server must sign it in; null when no sign-in is missing. */
  readonly signIn: SignInSource | null
  /** Why, where the source itself says so. */
  readonly problem: string | null
  /** Timestamps of the server's clock. */
  readonly lastSuccess: string | null
  readonly nextTry: string | null
}

const purposes: Readonly<Record<string, string>> = {
  replay: 'The recorded day tick by tick, with the daily closes around it.',
  zerodha: 'Live prices of everything, pushed as they change.',
  icici: 'Live prices, one instrument at a time: a stand-in for the source before it.',
  yahoo: 'Delayed prices, without a key or a sign-in.',
  eod: 'Each instrument’s last close, from the files the exchanges publish in the evening.',
}

const liveSources = ['zerodha', 'icici', 'yahoo', 'eod'] as const

/** Returns the sources in the order they are asked. `sessions` is null while it is not known how they stand. */
export function viewSources(providers: readonly Provider[], sessions: SourceSessions | null): readonly SourceView[] {
  return providers.map((provider) => ({
    id: provider.name,
    name: sourceName(provider.name),
    purpose: purposes[provider.name] ?? 'A source of prices this page does not know.',
    ...standOf(provider, sessions),
    problem: provider.problem,
    lastSuccess: provider.last_success,
    nextTry: provider.next_try,
  }))
}

/** Returns the names of the sources that this server does not ask. */
export function unusedSources(providers: readonly Provider[]): readonly string[] {
  return liveSources.filter((id) => !providers.some(({ name }) => name === id)).map(sourceName)
}

/** Tells whether prices come from the source now, if perhaps not always. */
export const givesPrices = ({ state }: SourceView): boolean =>
  state === 'works' || state === 'unasked' || state === 'unsteady'

/** A session that is missing explains everything else the source does, so it comes first. */
function standOf(provider: Provider, sessions: SourceSessions | null): Pick<SourceView, 'state' | 'signIn'> {
  const signIn = provider.state === 'disabled' ? null : missingSignIn(provider.name, sessions)
  return signIn === null ? { state: stateOf(provider), signIn } : { state: 'sign_in', signIn }
}

function stateOf(provider: Provider): SourceState {
  if (provider.state === 'disabled') return 'off'
  if (provider.circuit === 'open') return 'resting'
  if (provider.circuit === 'half_open') return 'trying'
  if (provider.state === 'down') return 'fails'
  if (provider.state === 'degraded') return 'unsteady'
  return provider.last_success === null ? 'unasked' : 'works'
}

function missingSignIn(id: string, sessions: SourceSessions | null): SignInSource | null {
  if (sessions === null || (id !== 'zerodha' && id !== 'icici')) return null
  const { configured, valid } = sessions[id]
  return configured && !valid ? id : null
}
