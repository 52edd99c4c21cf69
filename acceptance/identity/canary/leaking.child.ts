// Loaded before the server by NODE_OPTIONS, for the proof that the search for secrets can fail: it lets the bodies of requests out through
// every channel that is searched, in another form each.
import { appendFileSync, mkdirSync } from 'node:fs'
import { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const home = process.env['BANYAN_HOME'] ?? ''
let last = ''
let database: DatabaseSync | null = null

const channels: ((body: string) => void)[] = [
  (body) => console.log(JSON.stringify({ level: 'info', body })),
  (body) => process.stderr.write(`${Buffer.from(body).toString('hex')}\n`),
  (body) => appendFileSync(join(tmpdir(), 'scratch'), Buffer.from(body).toString('base64')),
  (body) => appendFileSync('trace.json', [...body].reverse().join('')),
  (body) => appendFileSync(join(home, 'debug'), encodeURIComponent(body)),
  function inMail(body) {
    mkdirSync(join(home, 'outbox'), { recursive: true })
    appendFileSync(join(home, 'outbox', 'leak.eml'), body.replaceAll(/(.{20})/g, '$1=\r\n'))
  },
  function inRow(body) {
    database?.exec('create table if not exists leak (body text)')
    database?.prepare('insert into leak values (?)').run(body)
  },
  function inTitle(body) {
    const password = /"password":"(.{28})/.exec(body)?.[1] // a title has no more room than the command line had
    if (password !== undefined) process.title = password
  },
]

const { push } = IncomingMessage.prototype
IncomingMessage.prototype.push = function leak(this: IncomingMessage, chunk: unknown, encoding?: BufferEncoding) {
  if (Buffer.isBuffer(chunk)) {
    last = chunk.toString('latin1')
    for (const channel of channels) channel(last)
  }
  return push.call(this, chunk, encoding)
}

const { writeHead, end } = ServerResponse.prototype
ServerResponse.prototype.writeHead = function leak(this: ServerResponse, status: number, ...rest: unknown[]) {
  if (status >= 400) this.setHeader('x-debug', Buffer.from(last).toString('base64'))
  return Reflect.apply(writeHead, this, [status, ...rest]) as ServerResponse
}
ServerResponse.prototype.end = function leak(this: ServerResponse, ...rest: unknown[]) {
  if (this.req.url === '/metrics') this.write(`# ${last}\n`)
  return Reflect.apply(end, this, rest) as ServerResponse
}

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function remember(this: DatabaseSync, statement: string) {
  if (/begin immediate/i.test(statement)) database = this
  return exec.call(this, statement)
}
