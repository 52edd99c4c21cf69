import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { becomeReady, freePort, launchBanyan, temporaryFolder } from '../../banyan-process.ts'
import { type Call, callFor, type Reply } from '../call.ts'
import { createMailbox } from '../mailbox.ts'
import { type CommandResult, runCommand } from '../run-command.ts'
import { findSecrets, type Hit, type Trace } from './secret-search.ts'
import type { SecretVault } from './secret-vault.ts'
import { readableMails, readFolder, readTitle, shortTrace } from './traces.ts'

export type WatchedServer = Awaited<ReturnType<typeof startWatchedServer>>

interface WatchedCall extends Call {
  /** True where a good reply may hold no secret that the server ever gave out; those a test made may come back nowhere. */
  readonly tellsNothing?: boolean
}

/** Starts a server whose every file, line and reply is kept, so that they can be searched for secrets. Linux only. */
export async function startWatchedServer(vault: SecretVault, environment: Readonly<Record<string, string>>) {
  const root = temporaryFolder('banyan-canary-')
  const [home, temp, work] = ['home', 'temp', 'work'].map((name) => join(root.path, name))
  if (home === undefined || temp === undefined || work === undefined) throw new TypeError('three folders')
  for (const folder of [temp, work]) mkdirSync(folder)
  const metricsPort = await freePort()
  const settings = {
    BANYAN_HOME: home,
    TMPDIR: temp,
    METRICS_PORT: String(metricsPort),
    LOG_LEVEL: 'debug',
    RATE_LIMIT: 'off',
    REPLAY_START: '15:45',
    REPLAY_LOOP: 'off',
    ...environment,
  }
  const banyan = await becomeReady(await launchBanyan(settings, work))
  const replies: Trace[] = []
  const repeated: Hit[] = []
  const said: Trace[] = []

  /** A secret that is new in a reply is what the reply is for; one that was known before came back. */
  function keepReply(what: string, { status, headers, text }: Reply, known: ReturnType<SecretVault['all']>): void {
    const trace = shortTrace(`reply ${status} to ${what}`, [...[...headers].flat(), text].join('\n'))
    replies.push(trace)
    repeated.push(...findSecrets(known, [trace]))
  }

  return {
    origin: banyan.origin,
    pid: banyan.pid,
    home,
    vault,
    mailbox: createMailbox(banyan.origin),
    output: () => banyan.output(),
    /** Secrets that came back in replies that had no reason to hold them. */
    repeated: (): readonly Hit[] => repeated,
    replies: (): readonly Trace[] => replies,
    /** Makes a call that must have the status. */
    async say<T>(status: number, path: string, given: WatchedCall = {}): Promise<Reply<T>> {
      const known = status >= 400 || given.tellsNothing === true ? [...vault.all()] : [...vault.ours()]
      const reply = await callFor<T>(status, banyan.origin, path, given)
      keepReply(`${given.method ?? ''} ${path.slice(0, 60)}`, reply, known)
      return reply
    },
    async command(name: 'user' | 'keys', words: readonly string[], input = ''): Promise<CommandResult> {
      const onStarted = (pid: number) => said.push(readTitle(pid))
      const result = await runCommand(name, words, settings, { input, onStarted })
      said.push(shortTrace(`output of ${name}`, `${result.out}\n${result.err}`))
      return result
    },
    /** Ends the server without warning and returns everything it left and said. */
    async killAndCollect(): Promise<readonly Trace[]> {
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      const title = readTitle(banyan.pid)
      await sleep(300) // the log is written at the latest every 250 ms
      await banyan.stop('SIGKILL')
      const files = [...readFolder('home', home), ...readFolder('temp', temp), ...readFolder('work', work)]
      const output = shortTrace('output', banyan.output())
      return [...files, ...readableMails(files), output, shortTrace('metrics', metrics), title, ...said]
    },
    async close(): Promise<void> {
      await banyan.stop('SIGKILL')
      root.remove()
    },
  }
}
