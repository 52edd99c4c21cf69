import { expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { listen } from './testing/kite-listener.ts'
import { agree, signIn } from './testing/kite-user.ts'

const paths = [
  '/user/profile',
  '/portfolio/holdings',
  '/portfolio/positions',
  '/quote?i=NSE:INFY&i=NSE:NIFTY+50&i=NFO:NIFTY26MARFUT',
  '/instruments',
  '/instruments/historical/256265/minute?from=2026-03-11+09:15:00&to=2026-03-12+15:30:00',
  '/nowhere',
]

/** Returns all that a visitor of the sandbox gets, heads included. */
async function visit(sandbox: QuietSandbox): Promise<readonly string[]> {
  const way = await agree(sandbox, {}, 'state=x')
  const user = await signIn(sandbox)
  const seen = [way.href, JSON.stringify(user.session.body)]
  for (const path of paths) {
    sandbox.wall.advance(1_000)
    const response = await fetch(`${sandbox.urls.zerodha.rest}${path}`, {
      headers: { authorization: `token sandbox:${user.accessToken}` },
    })
    seen.push(JSON.stringify([response.status, ...response.headers]), await response.text())
  }
  const listener = await listen(sandbox, user)
  listener.say('subscribe', [256265, 3002 * 256 + 1])
  sandbox.control.setFault('zerodha', { fault: 'garbage' })
  seen.push(Buffer.from(await (await fetch(sandbox.urls.zerodha.rest)).arrayBuffer()).toString('hex'))
  for (let i = 0; i < 3; i++) {
    sandbox.wall.advance(1_000)
    await listener.settle()
  }
  return [...seen, ...listener.frames.map((frame) => frame.toString('hex'))]
}

async function visitOf(seed: number): Promise<readonly string[]> {
  const sandbox = await startQuietSandbox({ seed })
  try {
    return await visit(sandbox)
  } finally {
    await sandbox.close()
  }
}

it('SB-3 same seed and clock, same bytes; another seed, others', async () => {
  const [first, second, other] = [await visitOf(7), await visitOf(7), await visitOf(8)]
  expect(second).toEqual(first)
  expect(first.length).toBeGreaterThan(18)
  const same = first.filter((text) => other.includes(text))
  expect(same.length).toBeLessThan(first.length - 8)
})
