// The server of the token benchmark: one route twice, and only on one of them a token is looked up. The argument is the address of an empty
// PostgreSQL database; without it SQLite. Says {port, token} and ends with its standard input.
import { startIdentityServer } from '../apps/server/src/dialects/testing/identity-server.ts'
import { createLog } from '../apps/server/src/infra/http/log.ts'

const [, , url] = process.argv
const handler = () => ({ answer: 'The same for everybody.' })
const server = await startIdentityServer({
  ...(url === undefined ? {} : { database: { kind: 'postgres', url } as const }),
  http: { log: createLog({ level: 'warn' }) },
  prepare({ fastify }) {
    fastify.get('/api/unchecked', { config: { credential: 'none', rateClass: 'none' } }, handler)
    fastify.get('/api/checked', { config: { credential: 'user', rateClass: 'none' } }, handler)
  },
})
const { tokens } = await server.addAccount('bench@example.com')
process.stdout.write(`${JSON.stringify({ port: server.port, token: tokens.access })}\n`)
process.stdin.resume().once('end', () => void server.close())
