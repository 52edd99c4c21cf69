import type { Health } from '@banyan/client'
import { givesPrices, type SourceView } from './source-view.ts'
import type { TaskView } from './task-view.ts'

/** The line at the top. Nothing in it ticks, so that a screen reader says it once and again when it changes. */
export interface Summary {
  readonly tone: 'good' | 'attention' | 'bad'
  readonly title: string
  /** What is wrong, a sentence each; the gravest first. */
  readonly points: readonly string[]
}

interface Facts {
  readonly health: Health
  readonly sources: readonly SourceView[]
  readonly tasks: readonly TaskView[]
  /** Why this page has no stream; null while it has one, or asks for it. */
  readonly streamProblem: string | null
}

/** Returns what a person should know first. */
export function summarise({ health, sources, tasks, streamProblem }: Facts): Summary {
  const points = [
    ...(health.database.connected ? [] : ['The database does not answer: accounts, portfolios and history are away.']),
    ...(sources.some(givesPrices) ? [] : ['No source gives prices: those shown are old, or there are none.']),
    ...sources.flatMap(sourcePoint),
    ...(health.cache.l2.configured && !health.cache.l2.connected
      ? ['The shared cache does not answer; the server goes on with its own memory.']
      : []),
    ...tasks.flatMap(({ state, name, problem }) =>
      state === 'failing' ? [`${name}: the last run failed. ${problem}`] : [],
    ),
    ...(health.market.calendar_warning === null ? [] : [health.market.calendar_warning]),
    ...(streamProblem === null ? [] : [`This page has no live stream: ${streamProblem}`]),
  ]
  if (points.length === 0) return { tone: 'good', title: 'Everything works.', points }
  const title = points.length === 1 ? 'One thing needs attention.' : `${points.length} things need attention.`
  const isBad = !health.database.connected || !sources.some(givesPrices)
  return { tone: isBad ? 'bad' : 'attention', title, points }
}

function sourcePoint({ name, state, problem }: SourceView): readonly string[] {
  if (state === 'sign_in') return [`${name} needs a sign-in by whoever runs this server.`]
  if (state === 'works' || state === 'unasked' || state === 'off') return []
  if (problem !== null) return [`${name}: ${problem}`]
  if (state === 'unsteady') return [`${name} is unsteady: its last answer failed, or its stream is silent.`]
  if (state === 'fails') return [`${name} does not answer.`]
  return [`${name} failed too often and ${state === 'trying' ? 'is being tried again' : 'rests'}.`]
}
