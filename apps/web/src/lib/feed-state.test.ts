import { describe, expect, it } from 'vitest'
import { feedState } from './feed-state.ts'

const problem = new Error('The server cannot be reached.')

describe('the state of polled data', () => {
  it('is loading until the first answer', () => {
    expect(feedState({ dataUpdatedAt: 0, failureReason: null }, 9_000)).toEqual({ kind: 'loading' })
  })

  it('is failed when there was never an answer, however long ago the failure', () => {
    expect(feedState({ dataUpdatedAt: 0, failureReason: problem }, 1)).toEqual({ kind: 'failed', problem })
  })

  it('stays fresh over one lost answer and turns stale after five seconds of them, since the last good one', () => {
    const query = { dataUpdatedAt: 10_000, failureReason: problem }
    expect(feedState(query, 14_999)).toEqual({ kind: 'fresh' })
    expect(feedState(query, 15_000)).toEqual({ kind: 'stale', problem, since: 10_000 })
  })

  it('is not stale without a failure: a hidden page stops asking and nothing is wrong with that', () => {
    expect(feedState({ dataUpdatedAt: 1, failureReason: null }, 3_600_000)).toEqual({ kind: 'fresh' })
  })
})
