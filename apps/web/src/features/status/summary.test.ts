import type { Health } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import type { SourceView } from './source-view.ts'
import { summarise } from './summary.ts'
import type { TaskView } from './task-view.ts'

const counters = { hits: 1, misses: 1, size: 1, stampedes_collapsed: 0 }
const health = (change: Partial<Health> = {}): Health => ({
  status: 'ok',
  time: '2026-11-23T09:30:00+05:30',
  version: '1.0.0',
  uptime_s: 60,
  database: { connected: true, latency_ms: 0.4 },
  cache: { l1: counters, l2: { ...counters, configured: false, connected: false } },
  warmers: [],
  providers: [],
  feed: { clients: 0, ticks_per_second: 0 },
  market: { mode: 'live', recorded_date: null, calendar_known_to: '2026-12-31', calendar_warning: null },
  ...change,
})
const source = (change: Partial<SourceView> = {}): SourceView => ({
  id: 'yahoo',
  name: 'Yahoo',
  purpose: '',
  state: 'works',
  signIn: null,
  problem: null,
  lastSuccess: null,
  nextTry: null,
  ...change,
})
const task = (change: Partial<TaskView> = {}): TaskView => ({
  id: 'index_candles',
  name: 'Charts of the indices',
  purpose: '',
  state: 'done',
  problem: null,
  lastSuccess: null,
  nextRun: null,
  ...change,
})
const facts = { health: health(), sources: [source()], tasks: [task()], streamProblem: null }

describe('the summary', () => {
  it('says that everything works when it does, also where a source was not asked yet', () => {
    const sources = [source({ state: 'unasked' }), source({ state: 'off' })]
    expect(summarise({ ...facts, sources })).toEqual({ tone: 'good', title: 'Everything works.', points: [] })
  })

  it.each([
    ['sign_in', 'Zerodha needs a sign-in by whoever runs this server.'],
    ['resting', 'Zerodha failed too often and rests.'],
    ['trying', 'Zerodha failed too often and is being tried again.'],
    ['fails', 'Zerodha does not answer.'],
    ['unsteady', 'Zerodha is unsteady: its last answer failed, or its stream is silent.'],
  ] as const)('of a source that is %s beside one that works asks for attention', (state, point) => {
    const sources = [source({ name: 'Zerodha', state }), source()]
    expect(summarise({ ...facts, sources })).toEqual({
      tone: 'attention',
      title: 'One thing needs attention.',
      points: [point],
    })
  })

  it('gives the source’s own reason', () => {
    const sources = [source({ name: 'Zerodha', state: 'fails', problem: 'The app key has no market data.' }), source()]
    expect(summarise({ ...facts, sources }).points).toEqual(['Zerodha: The app key has no market data.'])
  })

  it('is bad when no source gives prices, which comes first', () => {
    const bad = summarise({ ...facts, sources: [source({ state: 'resting' })] })
    expect([bad.tone, bad.title]).toEqual(['bad', '2 things need attention.'])
    expect(bad.points[0]).toMatch(/^No source gives prices/)
    expect(summarise({ ...facts, sources: [] }).points).toHaveLength(1)
  })

  it('is bad when the database is away, and names what is away with it', () => {
    const bad = summarise({ ...facts, health: health({ database: { connected: false, latency_ms: null } }) })
    expect([bad.tone, bad.points]).toEqual([
      'bad',
      ['The database does not answer: accounts, portfolios and history are away.'],
    ])
  })

  it('names a failing task, a shared cache that is away, an ending calendar and a missing stream', () => {
    const { tone, points } = summarise({
      ...facts,
      health: health({
        cache: { l1: counters, l2: { ...counters, configured: true, connected: false } },
        market: {
          mode: 'live',
          recorded_date: null,
          calendar_known_to: '2026-12-31',
          calendar_warning: 'The list of holidays ends on 2026-12-31.',
        },
      }),
      tasks: [task({ state: 'failing', problem: 'Not done within 30 s.' })],
      streamProblem: 'The stream broke off.',
    })
    expect(tone).toBe('attention')
    expect(points).toEqual([
      'The shared cache does not answer; the server goes on with its own memory.',
      'Charts of the indices: the last run failed. Not done within 30 s.',
      'The list of holidays ends on 2026-12-31.',
      'This page has no live stream: The stream broke off.',
    ])
  })
})
