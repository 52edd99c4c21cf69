import type { BrokerSyncReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount } from '../../../app/account.ts'
import { withRemedy } from '../../../lib/broker-remedy.ts'
import { pageClock } from '../../../lib/clock.ts'
import { sentenceOf } from '../../../lib/problem.ts'
import { noteSessionEnd } from '../../../lib/session-mark.ts'
import { useRefreshPortfolio } from '../portfolio-queries.ts'
import { KeysStep } from './keys-step.tsx'
import { SignInStep } from './sign-in-step.tsx'
import { SyncedStep, SyncingStep } from './sync-steps.tsx'
import { type AppKeys, connectBody, type Proof, type Vendor } from './vendors.ts'

type Step =
  | { readonly name: 'keys'; readonly failure: string | null; readonly keys: AppKeys | null }
  | { readonly name: 'sign-in'; readonly keys: AppKeys; readonly loginUrl: string; readonly until: number }
  | { readonly name: 'syncing' }
  | { readonly name: 'synced'; readonly reply: BrokerSyncReply; readonly note: string | null }

interface ConnectWizardProps {
  readonly vendor: Vendor
  /** Of a sign-in that came back to this tab; null before it. */
  readonly claim: string | null
}

/** Keys, sign-in at the broker, sync, result. Key and secret are in this component alone and go with it. */
export function ConnectWizard({ vendor, claim }: ConnectWizardProps) {
  const { client } = useAccount()
  const refresh = useRefreshPortfolio()
  const [step, setStep] = useState<Step>({ name: 'keys', failure: null, keys: null })
  const [spent, setSpent] = useState(false)

  const sync = async (keys: AppKeys, proof: Proof) => {
    setStep({ name: 'syncing' })
    setSpent(true)
    try {
      const reply = await client.brokers.connect(vendor.id, connectBody(vendor, keys, proof))
      setStep({ name: 'synced', reply, note: keys.stay ? null : await leave(reply) })
    } catch (error) {
      noteSessionEnd(error)
      setStep({ name: 'keys', failure: sentenceOf(withRemedy(error)), keys })
    } finally {
      refresh()
    }
  }
  const leave = async ({ broker, broker_account: account }: BrokerSyncReply): Promise<string | null> => {
    try {
      await client.brokers.disconnect(broker, { account })
      return null
    } catch (error) {
      return `The session could not be ended: ${sentenceOf(error)} Sign out on the portfolio’s board of brokers.`
    }
  }
  const onKeys = async (keys: AppKeys) => {
    if (claim !== null && !spent) return sync(keys, { claim })
    const { login_url: loginUrl, expires_in: lifeS } = await client.brokers.beginSignIn(vendor.id, keys.apiKey)
    setStep({ name: 'sign-in', keys, loginUrl, until: pageClock.now() + lifeS * 1_000 })
  }

  if (step.name === 'syncing') return <SyncingStep vendor={vendor} />
  if (step.name === 'synced') return <SyncedStep vendor={vendor} reply={step.reply} note={step.note} />
  if (step.name === 'sign-in')
    return (
      <SignInStep
        vendor={vendor}
        loginUrl={step.loginUrl}
        until={step.until}
        onProof={(proof) => sync(step.keys, proof)}
        onProblem={(problem) => setStep({ name: 'keys', failure: returnSentence(vendor, problem), keys: step.keys })}
      />
    )
  return (
    <KeysStep
      vendor={vendor}
      failure={step.failure}
      typed={step.keys}
      isSignedIn={claim !== null && !spent}
      onKeys={onKeys}
    />
  )
}

/** Why a redirect brought no code. */
export function ReturnProblem({ vendor, problem }: { readonly vendor: Vendor; readonly problem: string }) {
  return (
    <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      {returnSentence(vendor, problem)}
    </p>
  )
}

function returnSentence({ name }: Vendor, problem: string): string {
  if (problem === 'no_code') return `${name} sent no code back: the sign-in there was not finished. Begin again.`
  if (problem === 'not_begun')
    return `This sign-in was not begun here, or more than ten minutes ago. Begin again from this page.`
  return `This server does not offer ${name}.`
}
