import type { Health } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { viewTasks } from './task-view.ts'

type Warmer = Health['warmers'][number]

const time = '2026-11-23T09:30:00+05:30'
const before = '2026-11-23T09:29:58+05:30'
const after = '2026-11-23T09:30:03+05:30'
const warmer = (change: Partial<Warmer> = {}): Warmer => ({
  name: 'index_snapshot',
  last_run: before,
  last_success: before,
  duration_ms: 38,
  next_run: after,
  last_error: null,
  ...change,
})
const view = (change: Partial<Warmer>) => viewTasks({ time, warmers: [warmer(change)] })[0]

describe('a background task', () => {
  it.each([
    ['done', {}],
    ['running', { next_run: before }],
    ['running', { next_run: time, last_run: null, last_success: null }],
    ['failing', { last_error: 'The connection was refused.' }],
    ['elsewhere', { next_run: null }],
  ] as const)('is %s for %j', (state, change) => {
    expect(view(change)?.state).toBe(state)
  })

  it('has a name and a purpose for people, and its own where this page does not know it', () => {
    expect(view({})).toMatchObject({ name: 'Indices and sectors', lastSuccess: before, nextRun: after, problem: null })
    expect(view({ name: 'some_newer_task' })?.name).toBe('some newer task')
  })
})
