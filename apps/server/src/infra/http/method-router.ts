import type { FastifyInstance } from 'fastify'
import createRouter from 'find-my-way'
import type { HttpLimits } from './http-limits.ts'

/** What an address takes, and whether browsers of any origin may ask. */
export interface AddressMethods {
  /** Sorted. */
  readonly methods: readonly string[]
  readonly isPublic: boolean
}

/**
 * Knows which methods an address takes. Fastify answers 404 where HTTP wants 405, so its routes are mirrored into a second
 * router under one method each.
 */
export function collectMethods(app: FastifyInstance, limits: HttpLimits) {
  const router = createRouter({ maxParamLength: limits.pathParameterBytes })
  const byPattern = new Map<string, { methods: string[]; isPublic: boolean }>()
  app.addHook('onRoute', (route) => {
    const known = byPattern.get(route.url)
    const entry = known ?? { methods: [], isPublic: route.config?.cors === 'public' }
    entry.methods = [...entry.methods, ...[route.method].flat()].sort()
    if (known) return
    byPattern.set(route.url, entry)
    router.on('GET', route.url, () => undefined, entry)
  })
  return {
    /** Returns what the route that fits the address takes; null when none fits. */
    find(url: string): AddressMethods | null {
      return router.find('GET', url.split('?', 1)[0] ?? '')?.store ?? null
    },
  }
}
export type RouteMethods = ReturnType<typeof collectMethods>
