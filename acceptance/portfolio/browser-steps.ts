import type { BrokerSignInReply } from '@banyan/contracts'
import { bearer, callFor } from '../identity/call.ts'

export const apiKey = 'acceptance-key'
/** Any key works in the sandbox with its secret. */
export const apiSecret = `${apiKey}-secret`

/** Signs in at the sandbox's Zerodha as a browser does, and returns the claim of the page it ends on. */
export async function signInAtZerodha(origin: string, token: string, userId: string): Promise<string> {
  const begun = await begin(origin, 'zerodha', token)
  const page = await fetch(begun.login_url)
  if (page.status !== 200) throw new Error(`The login page answers ${page.status}.`)
  const form = new URLSearchParams({
    api_key: apiKey,
    user_id: userId,
    redirect_params: new URL(begun.login_url).searchParams.get('redirect_params') ?? '',
  })
  const finish = new URL('/connect/finish', begun.login_url)
  const back = await fetch(finish, { method: 'POST', body: form, redirect: 'manual' })
  return followBack(await fetch(back.headers.get('location') ?? '', { redirect: 'manual' }))
}

/** Signs in at the sandbox's ICICI, which posts its code across sites. */
export async function signInAtIcici(origin: string, token: string, userId: string): Promise<string> {
  const begun = await begin(origin, 'icici', token)
  const sent = await fetch(begun.login_url, { method: 'POST', body: new URLSearchParams({ user_id: userId }) })
  const html = await sent.text()
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? []
  const [, code = ''] = /name="API_Session" value="([^"]+)"/.exec(html) ?? []
  return followBack(
    await fetch(action, { method: 'POST', body: new URLSearchParams({ API_Session: code }), redirect: 'manual' }),
  )
}

async function begin(origin: string, broker: string, token: string): Promise<BrokerSignInReply> {
  const asked = { headers: bearer(token), json: { api_key: apiKey } }
  return (await callFor<BrokerSignInReply>(200, origin, `/api/brokers/${broker}/sign-in`, asked)).body
}

function followBack(reply: Response): string {
  const location = reply.headers.get('location') ?? ''
  const claim = new URLSearchParams(location.split('#')[1]).get('claim')
  if (reply.status !== 303 || claim === null) throw new Error(`The callback answers ${reply.status} ${location}`)
  return claim
}
