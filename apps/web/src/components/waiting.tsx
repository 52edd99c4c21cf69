import { Notice } from './notice.tsx'
import { Skeleton } from './skeleton.tsx'

interface WaitingProps {
  /** Read aloud while it loads. */
  readonly label: string
  readonly rows: number
  /** What is said when it cannot be had, `No patterns`. */
  readonly failure: string
  /** Why the last try failed; null while there was none. */
  readonly problem: Error | null
}

/** What stands in the place of an answer that has not come: its shape, or why it does not come. */
export function Waiting({ label, rows, failure, problem }: WaitingProps) {
  if (problem === null) return <Skeleton label={label} rows={rows} />
  return (
    <Notice kind="failed" title={failure}>
      {problem.message} The page goes on trying while that can help.
    </Notice>
  )
}
