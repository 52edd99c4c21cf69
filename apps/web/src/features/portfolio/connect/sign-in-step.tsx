import { useEffect, useRef } from 'react'
import { buttonLook } from '../../../components/button.tsx'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Field } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { formText } from '../../../lib/form-text.ts'
import { waitingTime } from '../../../lib/problem.ts'
import { useNow } from '../../../lib/use-now.ts'
import { receiveReturns } from './return-channel.ts'
import { StepCard } from './step-card.tsx'
import { codeIn, type Proof, type Vendor } from './vendors.ts'

interface SignInStepProps {
  readonly vendor: Vendor
  readonly loginUrl: string
  /** When the code must be back, in epoch milliseconds of this device. */
  readonly until: number
  readonly onProof: (proof: Proof) => Promise<void>
  readonly onProblem: (problem: string) => void
}

/** Leads to the broker's page in a tab of its own and waits for what comes back. */
export function SignInStep({ vendor, loginUrl, until, onProof, onProblem }: SignInStepProps) {
  const act = useRef({ onProof, onProblem })
  act.current = { onProof, onProblem }
  useEffect(
    () =>
      receiveReturns(vendor.id, (returned) => {
        if ('claim' in returned) void act.current.onProof(returned)
        else act.current.onProblem(returned.problem)
      }),
    [vendor.id],
  )
  const paste = (form: FormData) => onProof({ code: codeIn(formText(form, vendor.codeField), vendor) })
  return (
    <StepCard number={2} title={`Sign in at ${vendor.name}`}>
      <p className="text-sm">
        The page of {vendor.name} opens in a tab of its own. Your password goes to {vendor.name} alone; this page goes
        on by itself when you are back.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <a href={loginUrl} target="_blank" rel="noreferrer" className={buttonLook.primary}>
          Open {vendor.name} <span aria-hidden="true">↗</span>
        </a>
        <Disclosure label="Paste the code instead">
          {() => (
            <Form label={`Code of ${vendor.name}`} submit="Sync" send={paste}>
              <Field
                name={vendor.codeField}
                label="Code, or the whole address it came in"
                hint={`Where your app leads elsewhere: the value of ${vendor.codeInAddress} in the address you were sent to. It is good once.`}
                autoComplete="off"
                spellCheck={false}
                required
                focused
              />
            </Form>
          )}
        </Disclosure>
      </div>
      <TimeLeft until={until} />
    </StepCard>
  )
}

function TimeLeft({ until }: { readonly until: number }) {
  const leftS = Math.ceil((until - useNow()) / 1_000)
  return (
    <p className="text-xs text-muted">
      {leftS > 0
        ? `Waiting for you, for ${waitingTime(leftS)} more.`
        : 'The time for this sign-in is over. Reload the page and begin again.'}
    </p>
  )
}
