import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Notice } from '../components/notice.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { sentenceOf } from '../lib/problem.ts'
import { askAgain } from './ask-again.ts'

interface LoadedProps<T> {
  /** The part of a query's result this needs. */
  readonly query: {
    readonly data: T | undefined
    readonly error: Error | null
    readonly failureReason: Error | null
  }
  /** Read aloud while it loads. */
  readonly label: string
  readonly rows: number
  readonly children: (data: T) => ReactNode
}

/** What a query brought; its shape while it loads, and why it could not be had. What was had once stays, and says when it is old. */
export function Loaded<T>({ query, label, rows, children }: LoadedProps<T>) {
  const { data } = query
  const queries = useQueryClient()
  const problem = query.error ?? query.failureReason
  if (data !== undefined)
    return (
      <>
        {problem ? (
          <p role="status" className="mb-2 text-xs font-medium text-warn">
            Not up to date: {sentenceOf(problem)}
          </p>
        ) : null}
        {children(data)}
      </>
    )
  if (problem === null) return <Skeleton label={label} rows={rows} />
  return (
    <Notice kind="failed" title="Could not be had" action={{ label: 'Try again', run: () => void askAgain(queries) }}>
      {sentenceOf(problem)}
    </Notice>
  )
}
