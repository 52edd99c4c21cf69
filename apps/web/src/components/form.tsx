import { createContext, type FormEvent, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { pageClock } from '../lib/clock.ts'
import { type Problem, toProblem, waitingTime } from '../lib/problem.ts'
import { noteSessionEnd } from '../lib/session-mark.ts'
import { useNow } from '../lib/use-now.ts'
import { Button, type ButtonKind } from './button.tsx'

interface FormProps {
  /** What the form is for, read aloud. */
  readonly label: string
  readonly submit: string
  readonly kind?: ButtonKind
  /** Rejects with what the person is told. */
  readonly send: (form: FormData) => Promise<void>
  readonly children?: ReactNode
  /** Beside the button. */
  readonly aside?: ReactNode
}

type Failure = Problem & { readonly at: number }

const FailureContext = createContext<Problem | null>(null)

/** Returns what is wrong with a field of the surrounding form, as {@link Problem} says it. */
export function useFieldProblem(name: string): string | undefined {
  return useContext(FailureContext)?.fields[name]
}

/** Fields and their button. What was typed stays when sending fails, and the focus goes to the first field that is wrong. */
export function Form({ label, submit, kind = 'primary', send, children, aside }: FormProps) {
  const element = useRef<HTMLFormElement>(null)
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  useEffect(() => {
    if (failure) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [failure])

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (pending || isWaiting(failure, pageClock.now())) return
    setPending(true)
    try {
      await send(form)
      setFailure(null)
    } catch (error) {
      noteSessionEnd(error)
      setFailure({ ...toProblem(error, [...form.keys()]), at: pageClock.now() })
    } finally {
      setPending(false)
    }
  }

  return (
    <FailureContext value={failure}>
      <form ref={element} aria-label={label} onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-3">
        {children}
        {failure?.text ? (
          <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
            {failure.text}
            {failure.waitS === null ? null : ` Try again in ${waitingTime(failure.waitS)}.`}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton kind={kind} pending={pending} failure={failure}>
            {submit}
          </SubmitButton>
          {aside}
        </div>
      </form>
    </FailureContext>
  )
}

/** Rests while the server asks to wait, and counts down. */
function SubmitButton({ kind, pending, failure, children }: SubmitButtonProps) {
  const now = useNow()
  const waiting = isWaiting(failure, now)
  const left = waiting && failure ? Math.min(failure.waitS, Math.ceil(failure.waitS - (now - failure.at) / 1000)) : null
  return (
    <Button type="submit" kind={kind} aria-disabled={pending || waiting}>
      {children}
      {pending ? '…' : ''}
      {left === null ? null : <span aria-hidden="true"> in {waitingTime(left)}</span>}
    </Button>
  )
}

interface SubmitButtonProps {
  readonly kind: ButtonKind
  readonly pending: boolean
  readonly failure: Failure | null
  readonly children: ReactNode
}

function isWaiting(failure: Failure | null, now: number): failure is Failure & { readonly waitS: number } {
  return failure !== null && failure.waitS !== null && now < failure.at + failure.waitS * 1000
}
