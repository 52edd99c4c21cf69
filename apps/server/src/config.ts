import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Secret, TradingDate } from '@banyan/domain'
import {
  folder,
  hostAddress,
  integerBetween,
  numberBetween,
  oneOf,
  onOff,
  originList,
  originUrl,
  portNumber,
  proxyList,
  replayTime,
  type SsoIssuer,
  secretText,
  secretUrl,
  senderText,
  ssoIssuers,
  tradingDate,
  webUrl,
} from './config-values.ts'
import { optional, type Setting, setting } from './setting.ts'
import { type UpstreamConfig, upstreamRules, upstreamSettings } from './upstream-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** Every setting there is. `docs/reference/configuration.md` is written from this list. */
export const settings = {
  port: setting('PORT', '8080', 'Port of the API and the web app.', 'a port number from 1 to 65535', portNumber(1)),
  host: setting('HOST', '127.0.0.1', 'Address to listen on.', 'an IP address or localhost', hostAddress),
  homeDir: setting('BANYAN_HOME', './.banyan', 'Data folder: database, backups, sockets.', 'a folder', (text) =>
    resolve(text),
  ),
  databaseUrl: optional(
    'DATABASE_URL',
    'PostgreSQL instead of the embedded SQLite.',
    'a postgres:// or postgresql:// URL',
    secretUrl('postgres:', 'postgresql:'),
  ),
  redisUrl: optional(
    'REDIS_URL',
    'Shared cache and limits for several instances.',
    'a redis:// or rediss:// URL',
    secretUrl('redis:', 'rediss:'),
  ),
  publicUrl: optional(
    'PUBLIC_URL',
    'The address users type; links in mails and cookies follow it.',
    'an http:// or https:// origin without a path',
    originUrl,
  ),
  logLevel: setting('LOG_LEVEL', 'info', 'How much is logged.', `one of ${logLevels.join(', ')}`, oneOf(logLevels)),
  market: setting(
    'MARKET',
    'auto',
    'Where prices come from: auto replays when no live source is configured.',
    'auto, live or replay',
    oneOf(['auto', 'live', 'replay']),
  ),
  replayDate: setting(
    'REPLAY_DATE',
    '2021-06-09',
    'The recorded day to replay.',
    'an existing date YYYY-MM-DD',
    tradingDate,
  ),
  replaySpeed: setting(
    'REPLAY_SPEED',
    '1',
    'How many recorded seconds pass in one second.',
    'a number from 0.1 to 1000',
    numberBetween(0.1, 1000),
  ),
  replayStart: optional(
    'REPLAY_START',
    'Recorded time of day at which a starting server begins; without it the replay follows the wall clock.',
    'a time HH:MM or HH:MM:SS from 09:00:00 to 15:59:59',
    replayTime,
  ),
  replayLoop: setting('REPLAY_LOOP', 'on', 'Whether the recorded day begins again after its end.', 'on or off', onOff),
  replaySeed: setting(
    'REPLAY_SEED',
    '1',
    'Seed of the moments within a second at which recorded ticks are played.',
    'a whole number from 0 to 4294967295',
    integerBetween(0, 4_294_967_295),
  ),
  rateLimit: setting(
    'RATE_LIMIT',
    'on',
    'off lifts address and plan limits for benchmarks, on loopback only.',
    'on or off',
    onOff,
  ),
  trustProxy: setting(
    'TRUST_PROXY',
    '',
    'Proxies whose forwarding headers are believed.',
    'a comma-separated list of IP addresses or CIDRs, or true on loopback',
    proxyList,
  ),
  allowInsecureHttp: setting(
    'ALLOW_INSECURE_HTTP',
    'false',
    'true permits plain HTTP off loopback.',
    'true or false',
    oneOf(['true', 'false']),
  ),
  registration: setting(
    'REGISTRATION',
    'open',
    'Who may make an account: anybody, people with an invitation, or only the command line.',
    'open, invite or closed',
    oneOf(['open', 'invite', 'closed']),
  ),
  defaultPlan: setting(
    'DEFAULT_PLAN',
    'unlimited',
    'Plan of new accounts.',
    'hobby, plus or unlimited',
    oneOf(['hobby', 'plus', 'unlimited']),
  ),
  keysFolder: optional(
    'KEYS_FOLDER',
    'Folder of pepper and signing keys, which instances of one database share; without it `keys` in the data folder.',
    'a folder',
    folder,
  ),
  smtpUrl: optional(
    'SMTP_URL',
    'Mail server. Without it mails are files in the data folder on loopback, and off elsewhere.',
    'an smtp:// or smtps:// URL, with user and password where the server wants them',
    secretUrl('smtp:', 'smtps:'),
  ),
  mailFrom: setting(
    'MAIL_FROM',
    'Banyan <banyan@localhost>',
    'Sender of mails.',
    'an address, or a name and an address in <>',
    senderText,
  ),
  smsWebhookUrl: optional(
    'SMS_WEBHOOK_URL',
    'Gateway that codes by SMS are posted to.',
    'an http:// or https:// URL',
    secretUrl('http:', 'https:'),
  ),
  smsWebhookSecret: optional(
    'SMS_WEBHOOK_SECRET',
    'Signs what is posted to the SMS gateway.',
    'a text of 16 to 256 characters',
    secretText(16, 256),
  ),
  ssoIssuers: setting(
    'SSO_ISSUERS',
    '[]',
    'Issuers whose single sign-on tokens are believed.',
    'a JSON list of {issuer, audience, jwksUri} with https addresses, and optionally algorithms and userClaim',
    ssoIssuers,
  ),
  corsOrigins: setting(
    'CORS_ORIGINS',
    '',
    'Origins whose pages may call every route, without cookies.',
    'a comma-separated list of http:// or https:// origins',
    originList,
  ),
  argonMemoryKib: setting(
    'ARGON2_MEMORY_KIB',
    '65536',
    'Memory of one password hash.',
    'a whole number from 19456 to 1048576',
    integerBetween(19_456, 1_048_576),
  ),
  argonPasses: setting(
    'ARGON2_PASSES',
    '3',
    'Passes of one password hash over its memory.',
    'a whole number from 2 to 20',
    integerBetween(2, 20),
  ),
  refreshGraceS: setting(
    'REFRESH_GRACE_S',
    '10',
    'How long a spent refresh token still gives its successor, for clients that lost the reply.',
    'a whole number from 0 to 60',
    integerBetween(0, 60),
  ),
  breachListUrl: optional(
    'BREACH_LIST_URL',
    'Online list of leaked passwords, asked by five characters of a hash; without it nothing is asked.',
    'an http:// or https:// URL',
    webUrl,
  ),
  threadPoolSize: setting(
    'UV_THREADPOOL_SIZE',
    '4',
    'Threads of Node that password hashes share with files and names; read by Node itself.',
    'a whole number from 1 to 1024',
    integerBetween(1, 1_024),
  ),
  metricsPort: setting(
    'METRICS_PORT',
    '9464',
    'Loopback port of the Prometheus metrics; 0 turns them off.',
    'a port number from 0 to 65535',
    portNumber(0),
  ),
  edgePriorWeight: setting(
    'EDGE_PRIOR_WEIGHT',
    '50',
    'How many cases the base rate weighs in the confidence of a pattern; the same for all instances of one database.',
    'a whole number from 1 to 10000',
    integerBetween(1, 10_000),
  ),
  ...upstreamSettings,
} as const

export interface Config extends UpstreamConfig {
  readonly port: number
  readonly host: string
  readonly homeDir: string
  readonly databaseUrl: Secret | null
  readonly redisUrl: Secret | null
  /** Origin without a trailing slash, or null: then the address of the request's connection is all we know. */
  readonly publicUrl: string | null
  readonly logLevel: (typeof logLevels)[number]
  readonly market: 'auto' | 'live' | 'replay'
  readonly replayDate: TradingDate
  readonly replaySpeed: number
  /** Milliseconds since IST midnight, or null to follow the wall clock. */
  readonly replayStart: number | null
  readonly replayLoop: boolean
  readonly replaySeed: number
  readonly rateLimit: boolean
  /** Addresses and CIDRs, or true for everyone, which only a loopback listener may. */
  readonly trustProxy: readonly string[] | true
  readonly allowInsecureHttp: 'true' | 'false'
  readonly registration: 'open' | 'invite' | 'closed'
  readonly defaultPlan: 'hobby' | 'plus' | 'unlimited'
  /** Null: `keys` in the data folder. */
  readonly keysFolder: string | null
  readonly smtpUrl: Secret | null
  readonly mailFrom: string
  readonly smsWebhookUrl: Secret | null
  readonly smsWebhookSecret: Secret | null
  readonly ssoIssuers: readonly SsoIssuer[]
  readonly corsOrigins: readonly string[]
  readonly argonMemoryKib: number
  readonly argonPasses: number
  readonly refreshGraceS: number
  readonly breachListUrl: string | null
  readonly threadPoolSize: number
  readonly metricsPort: number
  readonly edgePriorWeight: number
}

/** Everything that is wrong with the configuration, each a sentence with the setting's name and never its value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly exitCode = 78
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(`The configuration is refused:\n${problems.map((problem) => `  ${problem}`).join('\n')}`, options)
    this.problems = problems
  }
}

/** Returns the environment with the `.env` file of the working directory below it: what is set outside wins. */
export function readEnvironment(): Environment {
  try {
    return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return process.env
    throw new ConfigurationError(['.env cannot be read: check its permissions.'], { cause: error })
  }
}

/** Returns the configuration, or throws {@link ConfigurationError} with every problem at once. */
export function readConfig(environment: Environment, execArgv: readonly string[] = process.execArgv): Config {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, one] of Object.entries(settings)) values[name] = readSetting(one, environment, problems)
  const config = values as unknown as Config
  for (const rule of rulesAcrossSettings) problems.push(...rule(config, environment, execArgv))
  if (problems.length > 0) throw new ConfigurationError(problems)
  return config
}

function readSetting(one: Setting<unknown>, environment: Environment, problems: string[]): unknown {
  const text = environment[one.variable]?.trim() || one.fallback
  if (text === null) return null
  const value = one.parse(text)
  if (value === undefined) problems.push(`${one.variable} must be ${one.rule}.`)
  return value
}

type Rule = (config: Config, environment: Environment, execArgv: readonly string[]) => readonly string[]

const rulesAcrossSettings: readonly Rule[] = [
  ...upstreamRules,
  function limitsOffOnlyOnLoopback({ rateLimit, host }) {
    return rateLimit === false && !isLoopback(host)
      ? ['RATE_LIMIT=off is for benchmarks: HOST must be a loopback address.']
      : []
  },
  function everyProxyOnlyOnLoopback({ trustProxy, host }) {
    return trustProxy === true && !isLoopback(host)
      ? ['TRUST_PROXY=true would believe anybody: list the addresses of your proxies.']
      : []
  },
  function plainHttpOnlyOnLoopback({ host, publicUrl, trustProxy, allowInsecureHttp }) {
    const behindTls = publicUrl?.startsWith('https:') && trustProxy !== true && trustProxy?.length > 0
    if (isLoopback(host) || behindTls || allowInsecureHttp === 'true') return []
    return [
      'HOST is not loopback: set an https PUBLIC_URL and TRUST_PROXY for the proxy that ends TLS, or ALLOW_INSECURE_HTTP=true.',
    ]
  },
  function linksHaveAnAddress({ smtpUrl, publicUrl, host }) {
    return smtpUrl && publicUrl === null && !isLoopback(host)
      ? ['SMTP_URL sends links: set PUBLIC_URL to the address people type.']
      : []
  },
  function metricsHaveTheirOwnPort({ port, metricsPort }) {
    return port !== undefined && port === metricsPort ? ['METRICS_PORT must differ from PORT.'] : []
  },
  function certificatesAreChecked(_config, environment) {
    return environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? ['NODE_TLS_REJECT_UNAUTHORIZED=0 would accept any certificate: unset it.']
      : []
  },
  function nothingDumpsMemory(_config, environment, execArgv) {
    const flags = [...execArgv, ...(environment['NODE_OPTIONS'] ?? '').split(/\s+/)]
    const bad = flags.filter((flag) => /^--(inspect|report-|heapsnapshot|heap-prof|diagnostic-dir)/.test(flag))
    return bad.length > 0
      ? ['Node was started with an inspector, report or heap-snapshot flag: they write secrets to disk or network.']
      : []
  },
]

/** Returns true for addresses only this machine reaches, and for a host that was refused already. */
export function isLoopback(host: string | undefined): boolean {
  return host === undefined || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
