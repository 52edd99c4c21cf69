import type { AnyRouter } from '@tanstack/react-router'

/** By then the first screen is there. */
const afterMs = 2_000

/**
 * Loads what the first screen did not need, one after the other, so that the next screen opens at once, also while the server is away,
 * and the palette takes what is typed right after its key. Not where the browser asks to save data.
 */
export function loadEarly(router: AnyRouter, others: readonly (() => Promise<unknown>)[]): void {
  if ('connection' in navigator && (navigator.connection as { saveData?: boolean }).saveData) return
  setTimeout(() => void loadAll(router, others), afterMs)
}

async function loadAll(router: AnyRouter, others: readonly (() => Promise<unknown>)[]): Promise<void> {
  const screens = Object.values(router.routesById as Record<string, { options: { component?: Preloadable } }>)
  for (const { options } of screens) await options.component?.preload?.()
  // A sheet that is not here early comes with its key, and is missed then.
  for (const load of others) await load().catch(() => undefined)
}

interface Preloadable {
  readonly preload?: () => Promise<unknown> | undefined
}
