import type { Health } from '@banyan/client'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { readableAge } from '../../lib/ist.ts'

type Cache = Health['cache']

/** The server itself: its database, its caches, how long it has run. */
export function ServerCard({ health: { database, cache, uptime_s, version } }: { readonly health: Health }) {
  return (
    <Section id="server" title="Server">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Stat label="Database" note={database.latency_ms === null ? null : `in ${database.latency_ms} ms`}>
          {database.connected ? 'Answers' : <span className="text-warn">Does not answer</span>}
        </Stat>
        <Stat label="Running for" note={`version ${version}`}>
          {readableAge(uptime_s * 1_000)}
        </Stat>
        <Stat label="Cache in memory" note={shareOf(cache.l1)}>
          {entries(cache.l1.size)}
        </Stat>
        <Stat label="Shared cache" note={sharedNote(cache.l2)}>
          <Shared l2={cache.l2} />
        </Stat>
      </dl>
    </Section>
  )
}

function Shared({ l2 }: { readonly l2: Cache['l2'] }) {
  if (!l2.configured) return 'Not used'
  if (!l2.connected) return <span className="text-warn">Does not answer</span>
  return l2.size === null ? 'Answers' : entries(l2.size)
}

function sharedNote({ configured, connected, hits, misses }: Cache['l2']): string {
  if (!configured) return 'only several instances need one'
  return connected ? shareOf({ hits: hits ?? 0, misses: misses ?? 0 }) : 'each instance goes on with its own'
}

const entries = (size: number) => `${size.toLocaleString('en-IN')} ${size === 1 ? 'entry' : 'entries'}`

/** How many look-ups were answered without asking further. */
function shareOf({ hits, misses }: { readonly hits: number; readonly misses: number }): string {
  const asked = hits + misses
  if (asked === 0) return 'nothing asked yet'
  return `answered ${Math.floor((100 * hits) / asked)} of 100 look-ups`
}
