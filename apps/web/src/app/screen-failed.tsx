import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Notice } from '../components/notice.tsx'
import { sentenceOf } from '../lib/problem.ts'
import { ScreenAwayError } from './screen.ts'

/** What stands in the place of a screen that could not be loaded or drawn; the rest of the page goes on. */
export function ScreenFailed({ error }: ErrorComponentProps) {
  const router = useRouter()
  const action = { label: 'Try again', run: () => void router.invalidate() }
  if (error instanceof ScreenAwayError)
    return (
      <Notice kind="failed" title="This screen is not here yet" action={action}>
        {error.message} The screen has not been opened since the page was loaded, so it must come from there.
      </Notice>
    )
  return (
    <Notice kind="failed" title="This screen could not be shown" action={action}>
      {sentenceOf(error)} If trying again does not help, load the page anew.
    </Notice>
  )
}
