import type { SandboxAnswer } from '../core/upstream.ts'
import type { ZerodhaApp } from './zerodha-options.ts'

/** Returns the page where a person agrees: a button for each who may sign in, and one to refuse. */
export function loginPage(
  { apiKey, product }: ZerodhaApp,
  users: readonly string[],
  redirectParams: string,
): SandboxAnswer {
  const buttons = users.map(
    (id) => `<p><button name="user_id" value="${escapeHtml(id)}">Sign in as ${escapeHtml(id)}</button></p>`,
  )
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sandbox: sign in to Zerodha</title></head>
<body>
<h1>Zerodha in the sandbox</h1>
<p>The app ${escapeHtml(apiKey)} (${product === 'full' ? 'all data' : 'portfolio only'}) asks for access. Nothing here is real, and no password is needed.</p>
<form method="post" action="/connect/finish">
<input type="hidden" name="api_key" value="${escapeHtml(apiKey)}">
<input type="hidden" name="redirect_params" value="${escapeHtml(redirectParams)}">
${buttons.join('\n')}
<p><button name="user_id" value="">Refuse</button></p>
</form>
</body>
</html>
`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

/** Returns the way back to the app; without a request token the person refused. */
export function redirectBack(app: ZerodhaApp, requestToken: string | null, redirectParams: string): SandboxAnswer {
  const url = new URL(app.redirectUrl)
  if (requestToken !== null) url.searchParams.set('request_token', requestToken)
  url.searchParams.set('action', 'login')
  url.searchParams.set('type', 'login')
  url.searchParams.set('status', requestToken === null ? 'cancelled' : 'success')
  for (const [name, value] of new URLSearchParams(redirectParams)) url.searchParams.append(name, value)
  return { status: 302, headers: { location: url.href, 'referrer-policy': 'no-referrer' }, body: '' }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}
