import { bearer, callFor } from './call.ts'
import { type Mailbox, mailedCode } from './mailbox.ts'
import type { Person } from './people.ts'

interface NewApplication {
  readonly id: string
  readonly consumer_key: string
  readonly consumer_secret: string
  readonly access_token: string
}

/** A program's keys and its user's name, good for the Kotak API (kotak.md §2). */
export interface KotakProgram {
  readonly application: NewApplication
  readonly userid: string
  readonly headers: Readonly<Record<string, string>>
}

const session = '/apim/session/1.0/session'

export async function createProgram(origin: string, { signedIn }: Person): Promise<KotakProgram> {
  const headers = bearer(signedIn.access)
  const made = await callFor<NewApplication>(201, origin, '/api/applications', { headers, json: { name: 'Desk' } })
  const me = await callFor<{ client_code: string }>(200, origin, '/api/auth/me', { headers })
  const { body: application } = made
  const own = { ...bearer(application.access_token), consumerKey: application.consumer_key }
  return { application, userid: me.body.client_code, headers: own }
}

/** Shows the password and returns what the second factor needs: the call that sends the mailed code. */
export async function beginKotak(origin: string, program: KotakProgram, person: Person, mailbox: Mailbox) {
  const { headers, userid } = program
  const json = { userid, password: person.password }
  const path = `${session}/login/userid`
  const shown = await callFor<{ Success: { oneTimeToken: string } }>(200, origin, path, { headers, json })
  const accessCode = await mailbox.next(person.email, mailedCode)
  const withToken = { ...headers, oneTimeToken: shown.body.Success.oneTimeToken }
  return { path: `${session}/2FA/accesscode`, call: { headers: withToken, json: { userid, accessCode } } }
}

/** Signs in with both factors and returns the session token. */
export async function openKotak(
  origin: string,
  program: KotakProgram,
  person: Person,
  mailbox: Mailbox,
): Promise<string> {
  const { path, call } = await beginKotak(origin, program, person, mailbox)
  const { body } = await callFor<{ success: { sessionToken: string } }>(200, origin, path, call)
  return body.success.sessionToken
}

/** Ends the session; 200 says it was alive. */
export function leaveKotak({ headers, userid }: KotakProgram, sessionToken: string) {
  return { path: `${session}/logout`, call: { method: 'DELETE', headers: { ...headers, userid, sessionToken } } }
}
