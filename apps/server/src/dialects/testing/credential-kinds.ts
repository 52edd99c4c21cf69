import type { RequestOrigin, SessionCaller, SignedIn } from '../../modules/identity/index.ts'
import { testOrigin } from '../../modules/identity/testing/identity-core.ts'
import { totpCode } from '../synapsewave/testing/totp-code.ts'
import { password } from './api-calls.ts'
import type { IdentityServer } from './identity-server.ts'

/** One live credential of every kind there is, all of one account and its application. */
export type Credentials = Awaited<ReturnType<typeof collectCredentials>>

const from = (surface: RequestOrigin['surface']): RequestOrigin => ({ ...testOrigin, surface })

/** Registers an account and gets it everything that opens something. It has TOTP in the end. */
export async function collectCredentials(server: IdentityServer, email: string) {
  const { identity } = server
  const signedIn = await server.addAccount(email, password)
  const caller = await server.callerOf(signedIn)
  const application = await server.addApplication(signedIn)
  const kotak = await kotakTokens(server, signedIn, application.caller)
  const synapsewave = await synapsewaveTokens(server, signedIn, application.caller)
  const scopes = ['market:read', 'portfolio:read', 'journal:read'] as const
  const key = await identity.keys.create(caller, { name: 'k', scopes, expiresAt: null }, testOrigin)
  const ofPasskeys = {
    ticket: (await identity.signIn.passkeyOptions(null, testOrigin)).ticket,
    newPasskeyTicket: (await identity.factors.passkeyOptions(caller, password, testOrigin)).ticket,
  }
  const reset = await resetToken(server, email)
  const totp = await challengeOf(server, caller, email)
  return {
    clientCode: signedIn.account.clientCode,
    consumerKey: application.consumerKey,
    code: totp.code,
    /** Genuine signed tokens. */
    signed: { ...signedIn.tokens, challenge: totp.challenge, ...synapsewave },
    /** Texts that only a row knows. */
    opaque: {
      apiKey: key.key,
      reset,
      ...ofPasskeys,
      deviceToken: String(signedIn.deviceToken),
      bearer: application.accessToken,
      consumerSecret: application.consumerSecret,
      ...kotak,
    },
  }
}

async function kotakTokens(
  server: IdentityServer,
  { account: { clientCode, email } }: SignedIn,
  application: Parameters<IdentityServer['identity']['signIn']['requestAccessCode']>[0]['application'],
) {
  const { signIn } = server.identity
  const origin = from('kotak')
  const first = await signIn.requestAccessCode({ application, clientCode, password }, origin)
  const accessCode = await server.codeFor(email)
  const { oneTimeToken } = first
  const given = { application, clientCode, oneTimeToken, accessCode, deviceFacts: null }
  const { tokens } = await signIn.withAccessCode(given, origin)
  if (tokens.kind !== 'opaque') throw new Error('a session of the access-code flow has an opaque token')
  const second = await signIn.requestAccessCode({ application, clientCode, password }, origin)
  return { kotakSession: tokens.session, oneTimeToken: second.oneTimeToken }
}

async function synapsewaveTokens(
  server: IdentityServer,
  { account: { clientCode, email } }: SignedIn,
  application: Parameters<IdentityServer['identity']['codes']['send']>[0]['application'],
) {
  const { signIn, codes } = server.identity
  const origin = from('synapsewave')
  const about = { application, clientCode, udid: null, deviceFacts: null }
  const register = async () => {
    const first = { kind: 'password', password } as const
    const result = await signIn.combined({ ...about, first, second: { kind: 'register' } }, origin)
    if (!('registered' in result)) throw new Error('asked for a register token')
    return result.registered.registerToken
  }
  const registerToken = await register()
  const code = await server.codeFor(email)
  const first = { kind: 'registered', registerToken } as const
  const result = await signIn.combined({ ...about, first, second: { kind: 'otp', code } }, origin)
  if (!('session' in result) || result.session.tokens.kind !== 'signed') throw new Error('asked for a session')
  const { interactive, feed } = result.session.tokens
  server.turn(31_000)
  await codes.send({ application, clientCode, purpose: 'password_totp', registerToken: null }, origin)
  const sent = await server.codeFor(email)
  const codeToken = await codes.verify({ application, clientCode, code: sent }, origin)
  return { interactive, feed, register: await register(), code: codeToken }
}

async function resetToken(server: IdentityServer, email: string): Promise<string> {
  await server.identity.passwords.forgot(email, testOrigin)
  const mail = (await server.mails()).findLast(({ to, text }) => to === email && text.includes('#token='))
  return /#token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

async function challengeOf(server: IdentityServer, caller: SessionCaller, email: string) {
  const { factors, signIn } = server.identity
  const { secret } = await factors.enrolTotp(caller, password, testOrigin)
  await factors.confirmTotp(caller, totpCode(secret, server.now()), testOrigin)
  const result = await signIn.withPassword({ email, password }, testOrigin)
  if (!('needed' in result)) throw new Error('no second factor was asked for')
  return {
    challenge: result.needed.challenge,
    /** Returns a code of a step not used yet. */
    code() {
      server.turn(30_000)
      return totpCode(secret, server.now())
    },
  }
}
