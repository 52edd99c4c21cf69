import { Link } from '@tanstack/react-router'
import { Disclosure } from '../../components/disclosure.tsx'
import { Section } from '../../components/section.tsx'
import { istTime } from '../../lib/ist.ts'
import { Ago, type ServerClock, useServerNow } from './server-clock.tsx'
import { SignInSteps } from './sign-in-steps.tsx'
import type { SourceState, SourceView } from './source-view.ts'
import { type StateLook, StateMark } from './state-mark.tsx'

interface SourcesCardProps {
  readonly sources: readonly SourceView[]
  /** Names of those this server does not ask. */
  readonly unused: readonly string[]
  readonly clock: ServerClock
  /** The answer is old: nobody knows how they stand now. */
  readonly isPast: boolean
}

/** Where prices come from, in the order asked. */
export function SourcesCard({ sources, unused, clock, isPast }: SourcesCardProps) {
  return (
    <Section id="sources" title="Where prices come from" aside={<ChooseLink />}>
      {sources.length === 0 ? (
        <p className="text-sm">No source is set up, so there are no prices but those that were brought in by files.</p>
      ) : (
        <ol>
          {sources.map((source) => (
            <Source key={source.id} source={source} clock={clock} isPast={isPast} />
          ))}
        </ol>
      )}
      {unused.length === 0 ? null : (
        <p className="mt-2 border-t border-line pt-2 text-xs text-muted">Off on this server: {unused.join(', ')}.</p>
      )}
    </Section>
  )
}

function ChooseLink() {
  return (
    <Link to="/sources" className="text-sm underline underline-offset-2">
      Choose a source
    </Link>
  )
}

const looks: Record<SourceState, StateLook & { readonly was: string }> = {
  works: { sign: '●', colour: 'text-up', word: 'Works', was: 'Worked' },
  unasked: { sign: '○', colour: 'text-muted', word: 'Not asked yet', was: 'Was not asked yet' },
  unsteady: { sign: '◐', colour: 'text-replay', word: 'Unsteady', was: 'Was unsteady' },
  resting: { sign: '◌', colour: 'text-warn', word: 'Rests', was: 'Rested' },
  trying: { sign: '◔', colour: 'text-replay', word: 'Is tried again', was: 'Was tried again' },
  fails: { sign: '✕', colour: 'text-warn', word: 'Does not answer', was: 'Did not answer' },
  sign_in: { sign: '✕', colour: 'text-warn', word: 'Needs a sign-in', was: 'Needed a sign-in' },
  off: { sign: '–', colour: 'text-muted', word: 'Off', was: 'Was off' },
}

function Source({
  source,
  clock,
  isPast,
}: { readonly source: SourceView } & Pick<SourcesCardProps, 'clock' | 'isPast'>) {
  const { signIn } = source
  const { sign, colour, word, was } = looks[source.state]
  return (
    <li
      data-source={source.id}
      data-state={source.state}
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0 first:pt-0 last:pb-0"
    >
      <h3 className="flex-1 font-medium">{source.name}</h3>
      <StateMark look={{ sign, colour, word: isPast ? was : word }} />
      <div className="basis-full text-xs text-muted">
        <p>{source.purpose}</p>
        {signIn !== null ? (
          <p className="text-ink">
            Until whoever runs this server has signed it in, prices come from the next source that has them.
          </p>
        ) : (
          <Facts source={source} clock={clock} />
        )}
      </div>
      {signIn === null ? null : (
        <Disclosure label="What to do" name={`What to do about ${source.name}`}>
          {() => <SignInSteps source={signIn} />}
        </Disclosure>
      )}
    </li>
  )
}

/** Without a session what a source answers means nothing. */
function Facts({ source, clock }: { readonly source: SourceView; readonly clock: ServerClock }) {
  const { state, problem, nextTry, lastSuccess } = source
  return (
    <>
      {problem === null ? null : <p className="text-ink">{problem}</p>}
      {state === 'resting' ? <Rest until={nextTry} clock={clock} /> : null}
      <p>
        {lastSuccess === null ? (
          'No good answer since the server started.'
        ) : (
          <>
            Last good answer <Ago at={lastSuccess} clock={clock} />.
          </>
        )}
      </p>
    </>
  )
}

/** What failed too often is left alone for a while, so that nobody waits for it. */
function Rest({ until, clock }: { readonly until: string | null; readonly clock: ServerClock }) {
  const now = useServerNow(clock)
  const isOver = until === null || Date.parse(until) <= now
  return (
    <p className="text-ink">
      It failed too often.{' '}
      {isOver
        ? 'The next question tries it again.'
        : `It is left alone until ${istTime(Date.parse(until))} IST, then tried again.`}
    </p>
  )
}
