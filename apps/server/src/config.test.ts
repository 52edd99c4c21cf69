import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderConfigurationReference } from '../../../scripts/configuration-reference.ts'
import { ConfigurationError, readConfig, settings } from './config.ts'

function problemsOf(environment: Record<string, string>, execArgv: readonly string[] = []): readonly string[] {
  try {
    readConfig(environment, execArgv)
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
}

describe('readConfig', () => {
  it('needs nothing: an empty environment gives a loopback server that replays', () => {
    const config = readConfig({}, [])
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      market: 'auto',
      replayDate: '2021-06-09',
      replaySpeed: 1,
      rateLimit: true,
      metricsPort: 9464,
    })
    expect(config.databaseUrl).toBeNull()
    expect(config.trustProxy).toEqual([])
  })

  it('takes an empty value as not given', () => {
    expect(readConfig({ PORT: '', REDIS_URL: ' ' }, [])).toMatchObject({ port: 8080, redisUrl: null })
  })

  it('reports every problem at once, with names and never with values', () => {
    const canary = 'CANARYcanary0123456789ab'
    const bad = Object.fromEntries(
      Object.values(settings)
        .filter(({ variable }) => !/_FOLDER$|_HOME$|_SECRET$|_API_KEY$/.test(variable)) // any text
        .map((one) => [one.variable, canary]),
    )
    const problems = problemsOf(bad)
    for (const variable of Object.keys(bad))
      expect(problems.some((p) => p.startsWith(`${variable} must be`))).toBe(true)
    expect(problems.join('\n')).not.toContain(canary)
  })

  it.each([
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '8080x' }, 'PORT'],
    [{ PORT: '９０９０' }, 'PORT'],
    [{ HOST: 'example.com' }, 'HOST'],
    [{ DATABASE_URL: 'mysql://u:p@h/d' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'http://h' }, 'REDIS_URL'],
    [{ PUBLIC_URL: 'https://banyan.example/app' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'ftp://banyan.example' }, 'PUBLIC_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ MARKET: 'LIVE' }, 'MARKET'],
    [{ REPLAY_DATE: '2021-02-30' }, 'REPLAY_DATE'],
    [{ REPLAY_SPEED: '0' }, 'REPLAY_SPEED'],
    [{ REPLAY_SPEED: '1e2' }, 'REPLAY_SPEED'],
    [{ REPLAY_START: '08:59' }, 'REPLAY_START'],
    [{ REPLAY_START: '16:00' }, 'REPLAY_START'],
    [{ REPLAY_SEED: '4294967296' }, 'REPLAY_SEED'],
    [{ RATE_LIMIT: 'no' }, 'RATE_LIMIT'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY'],
    [{ TRUST_PROXY: 'proxy.local' }, 'TRUST_PROXY'],
    [{ METRICS_PORT: '8080' }, 'METRICS_PORT'],
    [{ REGISTRATION: 'Open' }, 'REGISTRATION'],
    [{ DEFAULT_PLAN: 'free' }, 'DEFAULT_PLAN'],
    [{ SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM'],
    [{ MAIL_FROM: 'Banyan <no-reply@banyan.example' }, 'MAIL_FROM'],
    [{ SMS_WEBHOOK_URL: 'sms.example' }, 'SMS_WEBHOOK_URL'],
    [{ SMS_WEBHOOK_SECRET: 'too short' }, 'SMS_WEBHOOK_SECRET'],
    [{ SSO_ISSUERS: '{}' }, 'SSO_ISSUERS'],
    [{ SSO_ISSUERS: '[{"issuer":"a","audience":"b","jwksUri":"http://keys.example/jwks"}]' }, 'SSO_ISSUERS'],
    [{ SSO_ISSUERS: '[{"issuer":"a","audience":"b","jwksUri":"https://k/j","algorithms":["HS256"]}]' }, 'SSO_ISSUERS'],
    [{ CORS_ORIGINS: 'https://a.example/' }, 'CORS_ORIGINS'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
    [{ ARGON2_MEMORY_KIB: '8192' }, 'ARGON2_MEMORY_KIB'],
    [{ ARGON2_PASSES: '1' }, 'ARGON2_PASSES'],
    [{ REFRESH_GRACE_S: '61' }, 'REFRESH_GRACE_S'],
    [{ BREACH_LIST_URL: 'ftp://list.example' }, 'BREACH_LIST_URL'],
    [{ ZERODHA_API_KEY: 'key' }, 'ZERODHA_API_KEY and ZERODHA_API_SECRET'],
    [{ ICICI_API_SECRET: 'secret' }, 'ICICI_API_KEY and ICICI_API_SECRET'],
    [{ ICICI_ADMIN_SECRET: 'too short' }, 'ICICI_ADMIN_SECRET'],
    [{ YAHOO: 'yes' }, 'YAHOO'],
    [{ ZERODHA_API_URL: 'ftp://kite.example' }, 'ZERODHA_API_URL'],
    [{ ZERODHA_API_URL: 'http://kite.example' }, 'ZERODHA_API_URL'],
    [{ ZERODHA_TICKER_URL: 'https://kite.example' }, 'ZERODHA_TICKER_URL'],
    [{ ZERODHA_TICKER_URL: 'ws://10.0.0.1' }, 'ZERODHA_TICKER_URL'],
    [{ NSE_ARCHIVES_URL: 'https://user:word@nse.example' }, 'NSE_ARCHIVES_URL'],
    [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'true', SMTP_URL: 'smtp://mail.example' }, 'SMTP_URL'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
    [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'true', RATE_LIMIT: 'off' }, 'RATE_LIMIT'],
    [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'true', TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    [{ NODE_OPTIONS: '--inspect=9229' }, 'Node was started'],
  ])('refuses %j with one sentence that names the setting', (environment, start) => {
    const problems = problemsOf(environment as Record<string, string>)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${start}`))
  })

  it('refuses to run under an inspector', () => {
    expect(problemsOf({}, ['--inspect-brk'])).toHaveLength(1)
  })

  it.each([
    [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'true' }],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://banyan.example', TRUST_PROXY: '10.0.0.0/8, 2001:db8::/32' }],
    [{ TRUST_PROXY: 'true' }],
    [{ RATE_LIMIT: 'off', HOST: '::1' }],
    [{ REPLAY_START: '10:30', REPLAY_SPEED: '60' }],
    [{ SMTP_URL: 'smtps://user:secret@mail.example', MAIL_FROM: 'Banyan <no-reply@banyan.example>' }],
    [{ SSO_ISSUERS: '[{"issuer":"a","audience":"b","jwksUri":"https://keys.example/jwks","algorithms":["ES256"]}]' }],
    [{ CORS_ORIGINS: 'https://a.example, http://localhost:5173' }],
    [{ ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', REFRESH_GRACE_S: '0' }],
    [{ ZERODHA_API_KEY: 'key', ZERODHA_API_SECRET: 'secret', ZERODHA_ADMIN_SECRET: 'long enough to be one' }],
    [{ ZERODHA_API_URL: 'http://127.0.0.1:7001', ZERODHA_TICKER_URL: 'ws://localhost:7003', YAHOO: 'off' }],
  ])('accepts %j', (environment) => {
    expect(problemsOf(environment as Record<string, string>)).toEqual([])
  })

  it('keeps URLs that carry a password in a holder that prints [redacted]', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://u:hunter2@h/d' }, [])
    expect(JSON.stringify(config)).not.toContain('hunter2')
    expect(config.databaseUrl?.reveal()).toBe('postgres://u:hunter2@h/d')
  })
})

describe('docs/reference/configuration.md', () => {
  it('is what the settings say', () => {
    const written = readFileSync(new URL('../../../docs/reference/configuration.md', import.meta.url), 'utf8')
    expect(written).toBe(renderConfigurationReference())
  })
})
