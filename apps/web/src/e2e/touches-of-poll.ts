import type { Page } from 'playwright-core'
import { eventually, type FakeServer } from './open-page.ts'

interface Watched {
  /** What the page polls. */
  readonly path: string
  /** CSS of the element that is watched with everything in it. */
  readonly element: string
}

/** Freezes the market and returns how many changes the document saw in the element while the page polled once. */
export async function touchesOfPoll(page: Page, server: FakeServer, { path, element }: Watched): Promise<number> {
  const nextPoll = async () => {
    const polls = () => server.asked.filter((asked) => asked === path).length
    const before = polls()
    await eventually(polls).toBeGreaterThan(before)
    await page.waitForTimeout(300)
  }
  server.control.frozen = true
  await nextPoll()
  await page.evaluate(`
    globalThis.touched = 0
    new MutationObserver((changes) => { touched += changes.length }).observe(
      document.querySelector(${JSON.stringify(element)}),
      { subtree: true, childList: true, characterData: true, attributes: true },
    )`)
  await nextPoll()
  return page.evaluate<number>('touched')
}
