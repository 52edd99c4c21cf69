// The server of the account benchmarks, in a process of its own: the real core and APIs with the default cost of a password hash, without a
// market. Two routes are there twice, and only one of each pair looks a token up: one answers as GET /api/auth/me, the lightest route that
// asks for a token, the other does nothing. Arguments: how many accounts, and the address of an empty
// PostgreSQL database; without it SQLite. Says {port, token, emails} and ends with its standard input.
import { cpus } from 'node:os'
import { goodPassword } from '../acceptance/identity/people.ts'
import { insertAccounts } from '../acceptance/identity/seeded-accounts.ts'
import { toMe } from '../apps/server/src/dialects/api/login-body.ts'
import { startIdentityServer } from '../apps/server/src/dialects/testing/identity-server.ts'
import { createLog } from '../apps/server/src/infra/http/log.ts'
import { argonDefault } from '../apps/server/src/infra/passwords/argon-parameters.ts'

const [, , count, url] = process.argv
const open = { credential: 'none', rateClass: 'none' } as const
const checked = { ...open, credential: 'user' } as const
const nothing = () => ({ answer: 'The same for everybody.' })
const me = async () => toMe(await server.identity.accounts.view(accountId), 'ses_bench', 'http://localhost:8080')
const server = await startIdentityServer({
  ...(url === undefined ? {} : { database: { kind: 'postgres', url } as const }),
  identity: { argon: argonDefault, cores: cpus().length },
  http: { log: createLog({ level: 'warn' }) },
  prepare({ fastify }) {
    fastify.get('/api/nothing/unchecked', { config: open }, nothing)
    fastify.get('/api/nothing/checked', { config: checked }, nothing)
    fastify.get('/api/me/unchecked', { config: open }, me)
    fastify.get('/api/me/checked', { config: checked }, me)
  },
})
const signedIn = await server.addAccount('bench@example.com')
const accountId = signedIn.account.id
const passwordHash = await server.hasher.hash(goodPassword)
const emails = await insertAccounts(server.store, { count: Number(count), passwordHash, at: server.now() })
process.stdout.write(`${JSON.stringify({ port: server.port, token: signedIn.tokens.access, emails })}\n`)
process.stdin.resume().once('end', () => void server.close())
