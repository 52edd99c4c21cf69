import { type InstrumentId, parseInstrumentId } from '@banyan/domain'
import { readConfig, readEnvironment } from '../config.ts'
import type { DatabaseOptions } from '../infra/database/database.ts'
import { listJumps } from '../infra/database/list-jumps.ts'
import type { ListedJump } from '../modules/imports/index.ts'
import { jumpText } from './jump-text.ts'
import { ratioHint } from './ratio-hint.ts'
import { runCommand, UsageError } from './run-command.ts'

const help = `npm run jumps [-- NSE:ITC]

Lists the daily steps over 40 % that no recorded factor explains, of one instrument or of all, by instrument and day.
Works beside a running server and changes nothing.
`

const advice = `"looks like 2:1" is a guess from the two closes alone: two shares afterwards for one before. Nothing is adjusted by a guess.
When the exchange's circular confirms a factor (old price ÷ new price), record it in a CSV file and import it for the
source the jump is listed under:

  symbol,ex_date,factor,kind,source
  NSE:EXAMPLE,2024-06-14,2,bonus,exchange circular of 2024-06-03

  npm run import -- factors.csv --source nse`

process.umask(0o077) // a reader of SQLite's journal may create its index file
process.exitCode = await runCommand({ words: process.argv.slice(2), help, run: listAsked })

async function listAsked(words: readonly string[]): Promise<string> {
  const instrument = readInstrument(words[0])
  const config = readConfig(readEnvironment())
  const options: DatabaseOptions =
    config.databaseUrl === null
      ? { kind: 'sqlite', homeDir: config.homeDir }
      : { kind: 'postgres', url: config.databaseUrl.reveal() }
  const jumps = await listJumps(options, instrument, warn)
  if (jumps.length === 0) return `No unexplained jump is recorded${instrument === null ? '' : ` for ${instrument}`}.`
  const count =
    jumps.length === 1 ? '1 unexplained jump.' : `${jumps.length.toLocaleString('en-IN')} unexplained jumps.`
  return [...jumps.map(lineOf), '', `${count} ${advice}`].join('\n')
}

function readInstrument(word: string | undefined): InstrumentId | null {
  if (word === undefined) return null
  const id = parseInstrumentId(word)
  if (id === null) throw new UsageError('Name an instrument such as NSE:ITC, or none for all.')
  return id
}

function lineOf(jump: ListedJump): string {
  const hint = ratioHint(jump.previousClose, jump.close)
  return hint === null ? jumpText(jump) : `${jumpText(jump)}  looks like ${hint}`
}

function warn(error: Error): void {
  process.stderr.write(`A database connection broke while idle: ${error.message}\n`)
}
