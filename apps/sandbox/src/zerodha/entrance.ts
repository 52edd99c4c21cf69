import type { SandboxAnswer, SandboxCall } from '../core/upstream.ts'
import { success } from './answers.ts'
import { formOf } from './credentials.ts'
import { loginPage, redirectBack } from './login-page.ts'
import { refusals } from './refusals.ts'
import type { ZerodhaSessions } from './sessions.ts'
import { profileOf } from './user-profile.ts'
import { vendorTime } from './vendor-time.ts'
import type { ZerodhaApp } from './zerodha-options.ts'

export interface EntranceParts {
  readonly sessions: ZerodhaSessions
  appOf(apiKey: string): ZerodhaApp | null
  /** Returns who may sign in with the app. */
  usersOf(app: ZerodhaApp): readonly string[]
}

/** What is called before there is a session, and to end one. */
export interface Entrance {
  login(call: SandboxCall): SandboxAnswer
  finishLogin(call: SandboxCall): SandboxAnswer
  openSession(call: SandboxCall): SandboxAnswer
  endSession(call: SandboxCall): SandboxAnswer
}

export function createEntrance({ sessions, appOf, usersOf }: EntranceParts): Entrance {
  return {
    login({ query }) {
      const app = appOf(query.get('api_key') ?? '')
      return app ? loginPage(app, usersOf(app), query.get('redirect_params') ?? '') : refusals.unknownKey
    },
    finishLogin(call) {
      const form = formOf(call)
      const app = appOf(form.get('api_key') ?? '')
      if (app === null) return refusals.unknownKey
      const userId = usersOf(app).find((id) => id === form.get('user_id'))
      const token = userId === undefined ? null : sessions.grant(app.apiKey, userId, call.now)
      return redirectBack(app, token, form.get('redirect_params') ?? '')
    },
    openSession(call) {
      const form = formOf(call)
      const [apiKey, token, checksum] = ['api_key', 'request_token', 'checksum'].map((name) => form.get(name) ?? '')
      if (!apiKey || !token || !checksum) return refusals.missingSessionFields
      const app = appOf(apiKey)
      if (app === null) return refusals.unknownKey
      const session = sessions.open(app, token, checksum, call.now)
      if (session === null) return refusals.tokenSpent
      return success({
        ...profileOf(session.userId),
        user_id: session.userId,
        api_key: session.apiKey,
        access_token: session.accessToken,
        ...session.others,
        login_time: vendorTime(session.loginTime),
      })
    },
    endSession({ query, now }) {
      const [apiKey, token] = [query.get('api_key'), query.get('access_token')]
      if (!apiKey || !token) return refusals.noCredentials
      if (sessions.find(apiKey, token, now) === null) return refusals.sessionOver
      sessions.end(token)
      return success(true)
    },
  }
}
