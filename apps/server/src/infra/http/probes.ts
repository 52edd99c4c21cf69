import type { FastifyInstance } from 'fastify'

/** One thing the server cannot work without. Resolves to true when it is well; a rejection counts as false. */
export interface ReadyCheck {
  /** One word for the reply: `store`, `migrations`, `disk`, `lock`, `clock`. */
  readonly name: string
  check(): Promise<boolean>
}

const checkMs = 1_000

/** Adds `/livez` (the event loop turns) and `/readyz` (every check passes within 1 s and the server is not stopping). */
export function addProbes(app: FastifyInstance, checks: readonly ReadyCheck[], isDraining: () => boolean): void {
  const config = { credential: 'none', rateClass: 'none' } as const
  const schema = { hide: true }
  app.get('/livez', { config, schema }, (_request, reply) => {
    reply.header('cache-control', 'no-store').send({ status: 'ok' })
  })
  app.get('/readyz', { config, schema }, async (_request, reply) => {
    const results = await Promise.all(
      checks.map(async (check) => [check.name, (await passes(check)) ? 'ok' : 'failed']),
    )
    const failed = isDraining() || results.some(([, result]) => result === 'failed')
    reply.code(failed ? 503 : 200).header('cache-control', 'no-store')
    return { status: isDraining() ? 'stopping' : failed ? 'not_ready' : 'ready', checks: Object.fromEntries(results) }
  })
}

async function passes(check: ReadyCheck): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), checkMs)
  const passed = check.check().catch(() => false)
  return Promise.race([passed, late]).finally(() => clearTimeout(timer))
}
