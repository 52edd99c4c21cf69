import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ist, type QuietSandbox, startQuietSandbox } from '../testing/quiet-sandbox.ts'
import { type KiteListener, listen, packetsIn, refusedWith } from './testing/kite-listener.ts'
import { type KiteUser, signIn } from './testing/kite-user.ts'

let sandbox: QuietSandbox
let user: KiteUser
let listener: KiteListener
beforeEach(async () => {
  sandbox = await startQuietSandbox()
  user = await signIn(sandbox)
  listener = await listen(sandbox, user)
})
afterEach(() => sandbox.close())

const tcs = 3002 * 256 + 1
const idea = 3028 * 256 + 1
const nifty = 256265
const rupee = 1101 * 256 + 3

/** Lets time pass, second by second, and what was sent arrive. */
const pass = async (seconds: number) => {
  for (let i = 0; i < seconds; i++) {
    sandbox.wall.advance(1_000)
    await listener.settle()
  }
}
const heartbeats = () => listener.frames.filter((frame) => frame.length === 1)
const frames = () => listener.frames.filter((frame) => frame.length > 1)
const lengths = () => frames().map((frame) => packetsIn(frame).map((packet) => packet.length))
const subscribe = async (tokens: readonly unknown[], mode?: string) => {
  listener.say('subscribe', tokens)
  if (mode !== undefined) listener.say('mode', [mode, tokens])
  await listener.settle()
}

describe('the ticker', () => {
  it('sends one byte every two seconds, also without subscriptions', async () => {
    await pass(6)
    expect(listener.frames.map((frame) => frame.toString('hex'))).toEqual(['00', '00', '00'])
  })

  it('sends what is subscribed at once, in the mode quote, and then every second several packets in one frame', async () => {
    await subscribe([tcs, nifty, rupee])
    expect(lengths()).toEqual([[44, 28, 44]])
    await pass(2)
    expect(lengths().length).toBe(3)
    expect(frames().every((frame) => packetsIn(frame).length <= 3)).toBe(true)
  })

  it.each([
    ['ltp', [8, 8]],
    ['quote', [44, 28]],
    ['full', [184, 32]],
  ])('changes to the mode %s', async (mode, expected) => {
    await subscribe([tcs, nifty])
    listener.frames.length = 0
    listener.say('mode', [mode, [tcs, nifty]])
    await listener.settle()
    await pass(1)
    expect(lengths()[0]).toEqual(expected)
  })

  it('ignores tokens that are texts, and those it does not know, without a word', async () => {
    const said = listener.texts.length
    await subscribe([String(tcs), 999_999_999], 'full')
    await pass(2)
    expect(frames()).toEqual([])
    expect(listener.texts).toHaveLength(said)
  })

  it('stops after unsubscribe', async () => {
    await subscribe([tcs])
    listener.say('unsubscribe', [tcs])
    await listener.settle()
    listener.frames.length = 0
    await pass(3)
    expect(frames()).toEqual([])
  })

  it('tells the prices that the quotes tell', async () => {
    await subscribe([tcs, nifty], 'full')
    const [share, index] = packetsIn(frames().at(-1) ?? Buffer.alloc(2))
    if (share === undefined || index === undefined) throw new Error('a packet is missing')
    sandbox.control.clock.freeze()
    const quotes = (await user.get('/quote?i=NSE:TCS&i=NSE:NIFTY+50')).body.data
    const { 'NSE:TCS': quote, 'NSE:NIFTY 50': level } = quotes
    const paise = (rupees: number) => Math.round(rupees * 100)
    const at = (packet: Buffer, ...places: number[]) => places.map((place) => packet.readInt32BE(place))
    expect(share.readUInt32BE(0)).toBe(tcs)
    expect(at(share, 4, 28, 32, 36, 40)).toEqual(
      [quote.last_price, quote.ohlc.open, quote.ohlc.high, quote.ohlc.low, quote.ohlc.close].map(paise),
    )
    expect(share.readUInt32BE(16)).toBe(quote.volume)
    expect(share.readUInt32BE(60)).toBe(ist('2026-03-12T12:00:00') / 1000)
    expect(at(share, 64, 68)).toEqual([quote.depth.buy[0].quantity, paise(quote.depth.buy[0].price)])
    expect(at(index, 4, 8, 12, 16, 20, 24)).toEqual(
      [
        level.last_price,
        level.ohlc.high,
        level.ohlc.low,
        level.ohlc.open,
        level.ohlc.close,
        level.last_price - level.ohlc.close,
      ].map(paise),
    )
  })

  it('has a volume above 2³¹', async () => {
    sandbox.control.clock.set(ist('2026-03-12T15:29:00'))
    await subscribe([idea])
    const volume = packetsIn(frames()[0] ?? Buffer.alloc(2))[0]?.readUInt32BE(16)
    expect(volume).toBeGreaterThan(2 ** 31)
  })

  it('sends nothing but heartbeats while nothing moves', async () => {
    sandbox.control.clock.set(ist('2026-03-12T18:00:00'))
    await subscribe([tcs])
    await pass(4)
    expect(lengths()).toEqual([[44]])
    expect(heartbeats()).toHaveLength(2)
  })

  it('sends texts: a message, an order, and an error for what it does not understand', async () => {
    listener.sayText('subscribe please')
    listener.say('mode', ['all', [tcs]])
    await listener.settle()
    expect(listener.texts.map(({ type }) => type)).toEqual(['message', 'order', 'error', 'error'])
  })

  it('takes 3,000 instruments a connection', async () => {
    const tokens = Array.from({ length: 3_001 }, (_, i) => 1_000_001 + i * 256)
    listener.say('subscribe', tokens.slice(0, 3_000))
    await listener.settle()
    expect(listener.texts.map(({ type }) => type)).not.toContain('error')
    listener.say('subscribe', tokens.slice(3_000))
    await listener.settle()
    expect(listener.texts.at(-1)).toEqual({ type: 'error', data: 'At most 3000 instruments.' })
  })
})

describe('who may listen', () => {
  it('is refused with 403 without a session, and when it is over', async () => {
    expect(await refusedWith(sandbox, { apiKey: 'sandbox', accessToken: 'wrong' })).toBe(403)
    expect(await refusedWith(sandbox, { apiKey: 'other', accessToken: user.accessToken })).toBe(403)
    sandbox.control.clock.set(ist('2026-03-13T06:00:00'))
    expect(await refusedWith(sandbox, user)).toBe(403)
  })

  it('is refused with 403 on the free tier', async () => {
    expect(await refusedWith(sandbox, await signIn(sandbox, { apiKey: 'personal-free' }))).toBe(403)
  })

  it('may have three connections a key, and no fourth', async () => {
    const others = [await listen(sandbox, user), await listen(sandbox, user)]
    expect(await refusedWith(sandbox, user)).toBe(429)
    others[0]?.end()
    await others[1]?.settle()
    await expect
      .poll(async () =>
        listen(sandbox, user).then(
          (again) => again.isOpen(),
          () => false,
        ),
      )
      .toBe(true)
  })

  it('is cut off when the session ends', async () => {
    await signIn(sandbox)
    sandbox.wall.advance(1_000)
    await expect.poll(() => listener.isOpen()).toBe(false)
  })

  it('forgets the subscriptions of a connection with it', async () => {
    await subscribe([tcs])
    listener.end()
    listener = await listen(sandbox, user)
    await pass(3)
    expect(frames()).toEqual([])
  })
})

describe('faults of the ticker', () => {
  const set = (fault: string, more: object = {}) => sandbox.control.setFault('zerodha', { fault, ...more })

  it('freeze leaves heartbeats only, while the quotes move on', async () => {
    await subscribe([tcs])
    const before = (await user.get('/quote/ltp?i=NSE:TCS')).body.data['NSE:TCS'].last_price
    set('freeze')
    listener.frames.length = 0
    await pass(60)
    expect(frames()).toEqual([])
    expect(heartbeats().length).toBeGreaterThanOrEqual(29)
    const prices = new Set([before])
    for (let i = 0; i < 5; i++) {
      sandbox.wall.advance(60_000)
      prices.add((await user.get('/quote/ltp?i=NSE:TCS')).body.data['NSE:TCS'].last_price)
    }
    expect(prices.size).toBeGreaterThan(1)
    await sandbox.control.clearFaults()
    await pass(1)
    expect(frames()).toHaveLength(1)
  })

  it('stale stops the prices of quotes and ticker, which sends the same again', async () => {
    await subscribe([tcs], 'full')
    set('stale')
    await pass(1)
    const quote = async () => (await user.get('/quote?i=NSE:TCS')).body.data['NSE:TCS']
    const before = await quote()
    listener.frames.length = 0
    sandbox.wall.advance(600_000)
    await pass(3)
    const sent = frames().map((frame) => frame.toString('hex'))
    expect(new Set(sent).size).toBe(1)
    expect(sent.length).toBeGreaterThanOrEqual(3)
    expect(await quote()).toEqual(before)
  })

  it('ticker_silence sends not even heartbeats', async () => {
    await subscribe([tcs])
    set('ticker_silence', { durationMs: 10_000 })
    listener.frames.length = 0
    await pass(9)
    expect(listener.frames).toEqual([])
    expect(listener.isOpen()).toBe(true)
    await pass(3)
    expect(heartbeats()).not.toEqual([])
  })

  it('ticker_drop cuts the connection without a handshake, once, or as long as it lasts', async () => {
    set('ticker_drop')
    await expect.poll(() => listener.isOpen()).toBe(false)
    listener = await listen(sandbox, user)
    await pass(1)
    expect(listener.isOpen()).toBe(true)
    set('ticker_drop', { durationMs: 5_000 })
    await expect.poll(() => listener.isOpen()).toBe(false)
    listener = await listen(sandbox, user)
    await expect.poll(() => listener.isOpen()).toBe(false)
  })

  it('ticker_bad_frame sends frames that are shorter than they say', async () => {
    await subscribe([tcs])
    listener.frames.length = 0
    set('ticker_bad_frame', { count: 3 })
    await pass(4)
    const bad = frames().filter((frame) => frame.length < 4 + frame.readUInt16BE(2))
    expect(bad).toHaveLength(3)
    expect(frames()).toHaveLength(4)
  })

  it('ticker_403 refuses upgrades', async () => {
    set('ticker_403', { count: 2 })
    expect([await refusedWith(sandbox, user), await refusedWith(sandbox, user)]).toEqual([403, 403])
    expect((await listen(sandbox, user)).isOpen()).toBe(true)
  })
})
