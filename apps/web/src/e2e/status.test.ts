import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeViolations } from './axe-violations.ts'
import type { InventedReport } from './invented-health.ts'
import { inventedProvider, inventedWarmer, timestampIn } from './invented-health.ts'
import { card } from './open-account.ts'
import { createPageOpener, desktop, eventually, type FakeServer, phone, reasonToSkip } from './open-page.ts'

const reason = reasonToSkip(process.env['CI'] !== undefined)
const skip = reason !== null
if (skip) console.warn(`The tests of the status are skipped because ${reason}.`)
const open = createPageOpener(skip)

const live = { mode: 'live', state: 'open', prices: 'all' } as const
const reporting = (report: InventedReport) => ({
  scene: live,
  before: ({ control }: FakeServer) => {
    control.report = report
  },
})
const resting = () =>
  inventedProvider('yahoo', {
    state: 'down',
    circuit: 'open',
    last_success: timestampIn(-600_000),
    next_try: timestampIn(120_000),
  })
const troubled = (): InventedReport => ({
  health: {
    status: 'degraded',
    providers: [
      inventedProvider('zerodha', { state: 'down', circuit: 'open', last_success: null }),
      resting(),
      inventedProvider('eod'),
    ],
    warmers: [
      inventedWarmer('index_snapshot'),
      inventedWarmer('index_candles', { last_error: 'Not done within 30 s.', last_success: timestampIn(-900_000) }),
      inventedWarmer('pattern_signals', { next_run: timestampIn(-2_000) }),
      inventedWarmer('pattern_edges', { next_run: null }),
    ],
  },
  zerodha: { configured: true },
})
const summary = '[data-summary]'

describe.skipIf(skip)('the status', () => {
  it('of a server that is well says so, in a replay too, and what the replay is', async () => {
    const { page, complaints } = await open('/status')
    await page.locator('[data-summary="good"]').waitFor()
    expect(await page.locator(summary).innerText()).toContain('Everything works.')
    expect(await page.locator('[data-source]').count()).toBe(1)
    expect(await page.locator('[data-source="replay"]').innerText()).toMatch(/Replay\s+●\s*Works[\s\S]*just now/)
    await card(page, 'Market clock').getByText('A replay: Wed 9 Jun 2021 is played as if it were now').waitFor()
    await card(page, 'Prices in this browser').getByText('Streaming').waitFor()
    await eventually(() => card(page, 'Prices in this browser').innerText()).toMatch(/1 price on this page so far/)
    expect(await card(page, 'Kept ready in the background').innerText()).toMatch(
      /Indices and sectors\s+just now[\s\S]*Next within a minute\./,
    )
    expect(complaints).toEqual([])
  })

  it('hears the stream another tab has, and tells since when', async () => {
    const { page, server } = await open('/status')
    const feed = (tab: Page) => card(tab, 'Prices in this browser')
    await feed(page).getByText('Streaming').waitFor()
    const second = await page.context().newPage()
    await second.goto(`${server.url}/status`)
    await feed(second).getByText('Streaming').waitFor()
    await eventually(() => feed(second).innerText()).toMatch(/1 price on this page so far/)
    expect(
      await feed(second)
        .getByText(/^\d\d:\d\d:\d\d IST$/)
        .innerText(),
    ).toBe(
      await feed(page)
        .getByText(/^\d\d:\d\d:\d\d IST$/)
        .innerText(),
    )
    // One to say what is wanted, one to listen: the second tab opened none.
    expect(server.asked.filter((path) => path === '/api/stream')).toHaveLength(2)
  })

  it('asks nobody who they are', async () => {
    const { page, server } = await open('/status')
    await page.locator('[data-summary="good"]').waitFor()
    expect(server.asked.filter((path) => path.startsWith('/api/auth'))).toEqual([])
    expect(server.asked).toContain('/api/zerodha/status')
  })

  it('of a source that rests says until when, and that another gives prices', async () => {
    const { page } = await open('/status', reporting({ health: { providers: [resting(), inventedProvider('eod')] } }))
    await page.locator('[data-summary="attention"]').waitFor()
    expect(await page.locator(summary).innerText()).toMatch(
      /One thing needs attention\.\s+Yahoo failed too often and rests\./,
    )
    const yahoo = page.locator('[data-source="yahoo"]')
    expect(await yahoo.getAttribute('data-state')).toBe('resting')
    expect(await yahoo.innerText()).toMatch(/left alone until \d\d:\d\d:\d\d IST[\s\S]*Last good answer 10 min ago/)
    expect(await page.locator('[data-source="eod"]').getAttribute('data-state')).toBe('works')
    await page.getByText('Off on this server: Zerodha, ICICI Direct.').waitFor()
  })

  it('of a missing sign-in says what to do about it, by the keyboard alone', async () => {
    const { page } = await open('/status', reporting(troubled()))
    await page.getByText('Zerodha needs a sign-in by whoever runs this server.').waitFor()
    const zerodha = page.locator('[data-source="zerodha"]')
    const button = zerodha.getByRole('button', { name: 'What to do about Zerodha' })
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await zerodha.locator('pre').innerText()).toContain('/api/zerodha/activate')
    await page.keyboard.press('Tab') // to the button that copies
    await page.keyboard.press('Escape')
    expect(await zerodha.locator('pre').count()).toBe(0)
    expect(await button.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true)
  })

  it('tells tasks that failed, are at work, or are another instance’s apart', async () => {
    const { page } = await open('/status', reporting(troubled()))
    await page.getByText('Charts of the indices: the last run failed. Not done within 30 s.').waitFor()
    const states = await page
      .locator('[data-task]')
      .evaluateAll((tasks) => tasks.map((task) => task.getAttribute('data-state')))
    expect(states).toEqual(['done', 'failing', 'running', 'elsewhere'])
    expect(await page.locator('[data-task="index_candles"]').innerText()).toContain('Last done: 15 min ago')
  })

  it('of a database that is away is bad, though the server answers', async () => {
    const { page } = await open(
      '/status',
      reporting({ health: { status: 'down', database: { connected: false, latency_ms: null } } }),
    )
    await page.locator('[data-summary="bad"]').waitFor()
    expect(await page.locator(summary).innerText()).toContain('The database does not answer')
    expect(await page.locator('[data-notice="failed"]').count()).toBe(0)
  })

  it('of a server that never answered is failed, shows no state, and ends by itself', async () => {
    const { page, server } = await open('/status', {
      before: ({ control }) => {
        control.fault = 'down'
      },
    })
    await page.locator('[data-summary="bad"]').getByText('The server does not answer.').waitFor()
    expect(await page.locator('[data-source], [data-task]').count()).toBe(0)
    server.control.fault = 'none'
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.locator('[data-summary="good"]').waitFor()
    await page.locator('[data-source="replay"]').waitFor()
  })

  it('of a server that stopped answering says since when, in the past tense, and ends by itself', async () => {
    const { page, server } = await open('/status')
    await page.locator('[data-source="replay"]').waitFor()
    server.control.fault = 'down'
    const away = page.locator(summary).getByText(/No good answer from the server since \d\d:\d\d:\d\d IST\.$/)
    await away.waitFor({ timeout: 20_000 })
    expect(await page.locator('[data-source="replay"]').innerText()).toContain('Worked')
    expect(await card(page, 'Market clock').innerText()).toContain('Was open')
    server.control.fault = 'none'
    await page.locator('[data-summary="good"]').waitFor({ timeout: 20_000 })
    expect(await page.locator('[data-source="replay"]').innerText()).toContain('Works')
  })

  it('changes without being asked, and touches nothing that stayed as it was', async () => {
    const { page, server } = await open('/status', { scene: live })
    await page.locator('[data-summary="good"]').waitFor()
    await page.evaluate(`
      globalThis.touched = 0
      new MutationObserver((changes) => { touched += changes.length })
        .observe(document.querySelector('[data-summary]'), { subtree: true, childList: true, characterData: true, attributes: true })`)
    const asked = () => server.asked.filter((path) => path === '/api/health').length
    const before = asked()
    await expect.poll(asked, { timeout: 15_000 }).toBeGreaterThan(before + 1)
    expect(await page.evaluate('touched')).toBe(0)
    server.control.report = troubled()
    await page.locator('[data-summary="attention"]').waitFor({ timeout: 15_000 })
    expect(await page.locator('[data-source="yahoo"]').getAttribute('data-state')).toBe('resting')
  })

  it('is reached from the foot of every page, and by the palette', async () => {
    const { page } = await open('/')
    await page.getByRole('region', { name: 'Sectors' }).waitFor()
    await page.getByRole('navigation', { name: 'About this server' }).getByRole('link', { name: 'Status' }).click()
    await page.getByRole('heading', { name: 'Status', level: 1 }).waitFor()
    await page.goBack()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await page.keyboard.type('status')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Status', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/status')
  }, 60_000)

  it('is reached from a section that is old', async () => {
    const { page, server } = await open('/')
    await page.getByRole('region', { name: 'Sectors' }).waitFor()
    server.control.fault = 'down'
    await page
      .getByText(/^Not updating since \d\d:\d\d:\d\d IST\. Status$/)
      .first()
      .getByRole('link')
      .click({ timeout: 20_000 })
    await page.getByRole('heading', { name: 'Status', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/status')
  }, 60_000)
})

describe.skipIf(skip)('where prices come from', () => {
  it('says what runs now, and what each other choice takes', async () => {
    const { page, complaints } = await open('/sources')
    await page.locator('[data-mode="replay"]').getByText('A replay of Wed 9 Jun 2021').waitFor()
    expect(await card(page, 'The replay').innerText()).toContain('Runs now')
    expect(await card(page, 'Today’s market without a key').locator('pre').allInnerTexts()).toEqual([
      'MARKET=live',
      'MARKET=live\nYAHOO=off',
    ])
    const portfolio = card(page, 'Your portfolio')
    expect(await portfolio.innerText()).toContain('valued at prices of the recorded day')
    expect(await portfolio.getByRole('link', { name: 'Connect Zerodha' }).getAttribute('href')).toBe(
      '/portfolio/connect/zerodha',
    )
    expect(complaints).toEqual([])
  })

  it('knows a live market from a delayed one and from the last close', async () => {
    const { page, server } = await open('/sources', { scene: live })
    const now = page.locator('[data-mode]')
    await now.getByText('A live market').waitFor()
    server.control.report = { health: { providers: [inventedProvider('yahoo'), inventedProvider('eod')] } }
    await page.reload()
    await now.getByText('A market with delayed prices').waitFor()
    await page.getByText('Prices come from Yahoo, then End-of-day files').waitFor()
    server.control.report = { health: { providers: [inventedProvider('eod')] } }
    await page.reload()
    await now.getByText('A market at its last close').waitFor()
    expect(await page.getByText('● Runs now').count()).toBe(1)
  })
})

/** Returns the rules of axe the page breaks, and by how many pixels it is wider than its window. */
const faults = async (page: Page) => ({
  violations: await axeViolations(page),
  tooWide: await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
})
const none = { violations: [], tooWide: 0 }

describe.skipIf(skip)('accessibility of the status', () => {
  for (const [size, device] of Object.entries({ desktop, phone }))
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = { ...device, colorScheme }

      it(`has no axe violation on a ${size} in ${colorScheme} when all is well`, async () => {
        const { page } = await open('/status', { context })
        await page.locator('[data-summary="good"]').waitFor()
        expect(await faults(page)).toEqual(none)
      })

      it(`has no axe violation on a ${size} in ${colorScheme} in trouble`, async () => {
        const { page } = await open('/status', { ...reporting(troubled()), context })
        await page.getByRole('button', { name: 'What to do about Zerodha' }).click()
        expect(await faults(page)).toEqual(none)
      })

      it(`has no axe violation on a ${size} in ${colorScheme} while the server is away`, async () => {
        const { page } = await open('/status', {
          context,
          before: ({ control }) => {
            control.fault = 'down'
          },
        })
        await page.getByRole('button', { name: 'Ask again' }).waitFor()
        expect(await faults(page)).toEqual(none)
      })

      it(`has no axe violation on a ${size} in ${colorScheme} where a source is chosen`, async () => {
        const { page } = await open('/sources?first=yes', { context })
        await page.getByRole('button', { name: 'Sign in at Zerodha' }).click()
        expect(await faults(page)).toEqual(none)
      })
    }
})
