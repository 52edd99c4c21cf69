import type { SandboxAnswer } from '../core/upstream.ts'
import type { IciciApp } from './icici-options.ts'

export const loginPath = '/apiuser/login'

/** Returns the page where people sign in: a button for each who may. It comes back to its own address as a form with `user_id`. */
export function loginPage({ apiKey }: IciciApp, users: readonly string[]): SandboxAnswer {
  const buttons = users.map(
    (id) => `<p><button name="user_id" value="${escapeHtml(id)}">Sign in as ${escapeHtml(id)}</button></p>`,
  )
  return page(`<h1>ICICI Direct in the sandbox</h1>
<p>The app ${escapeHtml(apiKey)} asks for access. Nothing here is real, and no password is needed.</p>
<form method="post" action="${loginPath}?api_key=${encodeURIComponent(apiKey)}">
${buttons.join('\n')}
</form>`)
}

/** Returns the way back to the app with a one-time code: a form that the browser posts, from this site to the app's, or a redirect. */
export function sendBack({ redirectUrl, returnsBy }: IciciApp, code: string): SandboxAnswer {
  if (returnsBy !== 'query') {
    return page(`<form method="post" action="${escapeHtml(redirectUrl)}">
<input type="hidden" name="API_Session" value="${escapeHtml(code)}">
<button>Continue</button>
</form>
<script>document.forms[0].submit()</script>`)
  }
  const url = new URL(redirectUrl)
  url.searchParams.set('apisession', code)
  return { status: 302, headers: { location: url.href, 'referrer-policy': 'no-referrer' }, body: '' }
}

function page(content: string): SandboxAnswer {
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sandbox: sign in to ICICI Direct</title></head>
<body>
${content}
</body>
</html>
`
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}
