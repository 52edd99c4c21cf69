import { afterEach, beforeEach, expect, it } from 'vitest'
import { type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { type KiteUser, refusal, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let user: KiteUser
beforeEach(async () => {
  sandbox = await startQuietSandbox()
  user = await signIn(sandbox)
})
afterEach(() => sandbox.close())

it('rate_limit reaches the limit now, as often as it was told to', async () => {
  sandbox.control.setFault('zerodha', { fault: 'rate_limit', count: 2 })
  const statuses = []
  for (let i = 0; i < 3; i++) statuses.push((await user.get('/user/profile')).status)
  expect(statuses).toEqual([429, 429, 200])
})

it('expire_session ends every session now, and a new one can be opened', async () => {
  const other = await signIn(sandbox, { userId: 'CD5678' })
  sandbox.control.setFault('zerodha', { fault: 'expire_session' })
  for (const session of [user, other]) {
    expect(await session.get('/portfolio/holdings')).toMatchObject(refusal(403, 'TokenException'))
  }
  expect((await (await signIn(sandbox)).get('/portfolio/holdings')).status).toBe(200)
})

it('revoke ends the session that calls next, and no other', async () => {
  const other = await signIn(sandbox, { userId: 'CD5678' })
  sandbox.control.setFault('zerodha', { fault: 'revoke' })
  expect(await user.get('/portfolio/holdings')).toMatchObject(refusal(403, 'TokenException'))
  expect(await user.get('/portfolio/holdings')).toMatchObject(refusal(403, 'TokenException'))
  expect((await other.get('/portfolio/holdings')).status).toBe(200)
})

it('partial:positions fails the positions, and the holdings work', async () => {
  sandbox.control.setFault('zerodha', { fault: 'partial:positions' })
  expect(await user.get('/portfolio/positions')).toMatchObject(refusal(500, 'GeneralException'))
  expect((await user.get('/portfolio/holdings')).status).toBe(200)
})

it('missing_field and wrong_type spoil every row of a book', async () => {
  sandbox.control.setFault('zerodha', { fault: 'missing_field:last_price' })
  for (const row of (await user.get('/portfolio/holdings')).body.data) expect(row).not.toHaveProperty('last_price')
  sandbox.control.setFault('zerodha', { fault: 'wrong_type' })
  for (const row of (await user.get('/portfolio/holdings')).body.data) expect(row.quantity).toBe('not a number')
})
