import { istDate } from '@banyan/domain'
import { FaultOrderError } from '../core/fault.ts'
import type { DomainFaultKind, ImitatedUpstream, SandboxAnswer, SandboxCall, SandboxContext } from '../core/upstream.ts'
import { createVendorFaults } from '../core/vendor-faults.ts'
import { checkPortfolios } from './book.ts'
import { breezeCodesOn } from './breeze-codes.ts'
import { createBreezeSessions } from './breeze-sessions.ts'
import { createCallAllowance } from './call-allowance.ts'
import { customerDetails } from './customer-details.ts'
import { createEntrance } from './entrance.ts'
import { failure, refusal, refusals, success } from './envelope.ts'
import { answerHistory } from './history.ts'
import { appOf as findApp, type IciciOptions } from './icici-options.ts'
import { readJsonObject } from './json-object.ts'
import { loginPage, loginPath, sendBack } from './login-page.ts'
import { defaultPortfolios } from './portfolio.ts'
import { secretsOf } from './secrets-of.ts'
import { createSecurityMaster } from './security-master/security-master.ts'
import { createSignInCodes } from './sign-in-codes.ts'
import { createSignedOperations } from './signed-operations.ts'

const knownFaults: readonly DomainFaultKind[] = ['rate_limit', 'expire_session', 'revoke', 'stale']

/**
 * Returns ICICI Direct Breeze as upstreams.md §3 describes it: login page, API v1, history of API v2 and the list of codes, all on one port.
 * Throws when a portfolio names what is not listed.
 */
export function createIcici({ clock, seed, market }: SandboxContext, options: IciciOptions = {}): ImitatedUpstream {
  const portfolios = options.portfolios ?? defaultPortfolios
  checkPortfolios(portfolios, market, clock.now())
  const appOf = (apiKey: string) => findApp(options, apiKey)
  const codes = createSignInCodes(seed)
  const sessions = createBreezeSessions(seed)
  const faults = createVendorFaults()
  const entrance = createEntrance({ clock, sessions, allowance: createCallAllowance(), faults, appOf })
  const priceTime = () => faults.pricesAt(clock.now())

  function signIn({ method, query, body, now }: SandboxCall): SandboxAnswer {
    const app = appOf(query.get('api_key') ?? '')
    if (app === null) return refusals.key
    const users = Object.keys(portfolios).filter((id) => app.users?.includes(id) ?? true)
    const userId = new URLSearchParams(body.toString('utf8')).get('user_id') ?? ''
    if (method === 'GET' || !users.includes(userId)) return loginPage(app, users)
    return sendBack(app, codes.issue(app, userId, now))
  }

  function openSession(call: SandboxCall): SandboxAnswer {
    // Without it a body on a GET is the next request to most servers.
    if (!call.hasContentLength) return refusals.noLength
    const asked = readJsonObject(call.body)
    if (asked === null) return refusals.body
    const entry = entrance.admitApp(String(asked['AppKey']))
    if ('refused' in entry) return entry.refused
    const userId = codes.redeem(String(asked['SessionToken']), entry.caller, call.now)
    if (userId === null) return refusals.unavailable
    return success(customerDetails(sessions.open(entry.caller, userId, call.now), call.now))
  }

  const signedRoutes = Object.entries(createSignedOperations({ market, portfolios, priceTime })).map(
    ([name, operation]) => {
      const answer = (call: SandboxCall): SandboxAnswer => {
        const entry = entrance.admitSigned(call)
        if ('refused' in entry) return entry.refused
        const parameters = readJsonObject(call.body)
        return parameters === null ? refusals.body : operation(entry.caller, parameters)
      }
      return [`${apiV1}${name}`, { name, methods: ['GET'], answer }] as const
    },
  )

  function history(call: SandboxCall): SandboxAnswer {
    const entry = entrance.admitSession(call)
    if ('refused' in entry) return entry.refused
    const asOf = priceTime()
    return answerHistory(call.query, { market, codes: breezeCodesOn(market, istDate(asOf)), asOf })
  }

  const masterAt = createSecurityMaster(market)
  const master = ({ now }: SandboxCall): SandboxAnswer => {
    return { status: 200, headers: { 'content-type': 'application/zip' }, body: masterAt(now) }
  }

  const routes = new Map<string, Route>([
    [loginPath, { name: 'login', methods: ['GET', 'POST'], answer: signIn }],
    [`${apiV1}customerdetails`, { name: 'customerdetails', methods: ['GET'], answer: openSession }],
    ...signedRoutes,
    ['/api/v2/historicalcharts', { name: 'historicalcharts', methods: ['GET'], answer: history }],
    ['/MotherAppMaster/SecurityMaster.zip', { name: 'securitymaster', methods: ['GET'], answer: master }],
    ['/NewSecurityMaster/SecurityMaster.zip', { name: 'securitymaster', methods: ['GET'], answer: master }],
  ])
  return {
    provider: 'icici',
    operationOf: ({ path }) => routes.get(path)?.name ?? null,
    answer(call) {
      const route = routes.get(call.path)
      if (route === undefined) return refusal(404, 404, 'Resource not found')
      return route.methods.includes(call.method) ? route.answer(call) : refusal(405, 405, 'Method not allowed')
    },
    failure,
    secretsIn: (call) => secretsOf(call, appOf),
    applyFault(fault) {
      if (!knownFaults.includes(fault.kind)) throw new FaultOrderError(`icici has no fault ${fault.kind}`)
      if (fault.kind !== 'expire_session') faults.apply(fault, clock.now())
      else if (fault.use()) sessions.endAll()
    },
  }
}

const apiV1 = '/breezeapi/api/v1/'

interface Route {
  readonly name: string
  readonly methods: readonly string[]
  answer(call: SandboxCall): SandboxAnswer
}
