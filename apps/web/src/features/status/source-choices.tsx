import { Link } from '@tanstack/react-router'
import { buttonLook } from '../../components/button.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { brokerName } from '../../lib/broker-names.ts'
import { ChoiceCard } from './choice-card.tsx'
import { CommandBlock } from './command-block.tsx'
import type { RunningMode } from './running-mode.ts'
import { SignInSteps } from './sign-in-steps.tsx'

interface ChoiceProps {
  readonly mode: RunningMode
}

export function ReplayChoice({ mode }: ChoiceProps) {
  const isRunning = mode === 'replay'
  return (
    <ChoiceCard id="choose-replay" title="The replay" isRunning={isRunning} restart="needs a restart">
      <p>
        For trying things out and for building, at any hour: no key, no broker, no open market. It follows the time of
        day in India and begins again each day.
      </p>
      {isRunning ? (
        <p>There is nothing to do. These settings would begin at 11:00 and play ten times as fast:</p>
      ) : (
        <p>It takes one setting:</p>
      )}
      <CommandBlock
        text={isRunning ? 'REPLAY_START=11:00\nREPLAY_SPEED=10' : 'MARKET=replay'}
        label="Copy the settings of the replay"
      />
      <Guide name="replay.md" />
    </ChoiceCard>
  )
}

const brokers = ['zerodha', 'icici'] as const

/** A person’s own book, which is apart from where prices come from. */
export function ConnectChoice({ mode }: ChoiceProps) {
  return (
    <ChoiceCard id="choose-broker" title="Your portfolio" isRunning={false} restart="no restart">
      <p>
        Connect a broker to see what you own. Each person does it for their own account, with an app of their own at the
        broker. Banyan only reads, and stores neither key nor secret.
      </p>
      {mode === 'replay' ? (
        <p>While the replay runs, your book is valued at prices of the recorded day, not of today.</p>
      ) : null}
      <p className="flex flex-wrap gap-2">
        {brokers.map((broker) => (
          <Link key={broker} to="/portfolio/connect/$broker" params={{ broker }} className={buttonLook.quiet}>
            Connect {brokerName(broker)}
          </Link>
        ))}
      </p>
      <Guide name="brokers.md" />
    </ChoiceCard>
  )
}

export function DelayedChoice({ mode }: ChoiceProps) {
  return (
    <ChoiceCard
      id="choose-delayed"
      title="Today’s market without a key"
      isRunning={mode === 'delayed' || mode === 'end_of_day'}
      restart="needs a restart"
    >
      <p>
        Delayed prices from Yahoo while the market is open, and the exchanges’ own files each evening. Each price says
        that it is delayed, or a close.
      </p>
      <CommandBlock text="MARKET=live" label="Copy the setting of a live market" />
      <p>For the closes of the evening’s files alone:</p>
      <CommandBlock text={'MARKET=live\nYAHOO=off'} label="Copy the settings of an end-of-day market" />
    </ChoiceCard>
  )
}

const liveSettings = [
  'ZERODHA_API_KEY=your-key',
  'ZERODHA_API_SECRET=your-secret',
  'ZERODHA_ADMIN_SECRET=a-long-random-text',
].join('\n')

export function LiveChoice({ mode }: ChoiceProps) {
  return (
    <ChoiceCard
      id="choose-live"
      title="Live prices from a broker"
      isRunning={mode === 'live'}
      restart="needs a restart"
    >
      <p>With a Kite Connect app that includes market data, prices are pushed as they change:</p>
      <CommandBlock text={liveSettings} label="Copy the settings of Zerodha’s prices" />
      <p>
        ICICI’s Breeze alone, one instrument at a time: the same three beginning with <code>ICICI_</code>, and{' '}
        <code>MARKET=live</code>.
      </p>
      <p>
        Whoever runs the server then signs it in once each trading day: at Zerodha after 06:00 IST, at ICICI after
        midnight. Until then the next source answers, and says so.
      </p>
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Sign in at Zerodha">{() => <SignInSteps source="zerodha" />}</Disclosure>
        <Disclosure label="Sign in at ICICI Direct">{() => <SignInSteps source="icici" />}</Disclosure>
      </div>
    </ChoiceCard>
  )
}

function Guide({ name }: { readonly name: string }) {
  return (
    <p className="text-xs text-muted">
      More in <code>docs/guides/{name}</code>.
    </p>
  )
}
