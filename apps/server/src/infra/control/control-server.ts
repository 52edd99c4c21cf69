import { lstatSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { readJsonLines, writeJsonLine } from './json-lines.ts'

/** Commands another process of the same user may give to the one that holds the data folder. */
const controlCommands = ['import', 'backup', 'user'] as const
export type ControlCommand = (typeof controlCommands)[number]

interface ControlContext {
  /** Aborted when the client goes away or the server stops. */
  readonly signal: AbortSignal
  /** Sends an event to the client; false when it does not fit into a line of 64 KiB, and then nothing was sent. */
  send(event: unknown): boolean
}

/** Does a command. What it returns is sent as the result; what it throws is sent as its message. */
export type ControlHandler = (argument: unknown, context: ControlContext) => Promise<unknown>

/** A command without a handler is answered like one that does not exist. */
export type ControlHandlers = Readonly<Partial<Record<ControlCommand, ControlHandler>>>

export interface ControlServer {
  /** Takes no more commands, aborts those running and resolves when they have ended and the socket file is gone. */
  stop(): Promise<void>
}

/** A client this far behind does not read any more. */
const maxUnreadBytes = 16 * 1024 ** 2

/**
 * Listens on a unix socket that only its owner may open (0600): one command per connection, JSON lines. A socket file left behind by a
 * killed process is removed first, so call this only while holding the data folder's lock.
 */
export async function startControlServer(options: {
  readonly socketPath: string
  readonly handlers: ControlHandlers
}): Promise<ControlServer> {
  removeStale(options.socketPath)
  const running = new Map<Socket, { abort: AbortController; ended: Promise<void> }>()
  const server = createServer((socket) => {
    const abort = new AbortController()
    running.set(socket, { abort, ended: serve(socket, abort, options.handlers).finally(() => running.delete(socket)) })
  })
  await listen(server, options.socketPath)
  return {
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const sessions = [...running]
      for (const [, { abort }] of sessions) abort.abort(new Error('The server is stopping.'))
      await Promise.all(sessions.map(([, { ended }]) => ended))
      for (const [socket] of sessions) socket.destroy()
      await closed
    },
  }
}

function removeStale(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) throw new Error('control.sock in the data folder is not a socket; move it away.')
  rmSync(path)
}

/** The socket file is made inside `listen`, with what the umask leaves: nothing for group and others, at no moment. */
async function listen(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
  } finally {
    process.umask(before)
  }
}

/** Resolves when the connection's command has ended; never rejects. */
async function serve(socket: Socket, abort: AbortController, handlers: ControlHandlers): Promise<void> {
  socket.once('close', () => abort.abort(new Error('The client went away.')))
  socket.on('error', () => socket.destroy())
  const request = await firstRequest(socket)
  if (request === null) return
  const reply = await run(request, handlers, {
    signal: abort.signal,
    send(event) {
      if (socket.writableLength > maxUnreadBytes) socket.destroy()
      return writeJsonLine(socket, { type: 'event', event })
    },
  })
  if (!writeJsonLine(socket, reply)) writeJsonLine(socket, failed('The result does not fit into a line.'))
  socket.end()
}

/** Returns what the first line asks for; null when the client went away or sent something else, which it was told. */
async function firstRequest(socket: Socket): Promise<unknown> {
  return await new Promise<unknown>((resolve) => {
    let asked = false
    socket.once('close', () => resolve(null))
    readJsonLines(socket, {
      onValue(value) {
        if (!asked) resolve(value ?? {})
        asked = true
      },
      onBroken(reason) {
        if (asked) return
        writeJsonLine(socket, failed(reason))
        socket.end()
        resolve(null)
      },
    })
  })
}

async function run(request: unknown, handlers: ControlHandlers, context: ControlContext): Promise<unknown> {
  const { command, argument } = request as { command?: unknown; argument?: unknown }
  const known = controlCommands.find((one) => one === command)
  const handler = known && handlers[known]
  if (handler === undefined) return failed(`Commands are ${Object.keys(handlers).join(', ')}.`)
  try {
    return { type: 'done', result: (await handler(argument, context)) ?? null }
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error))
  }
}

function failed(message: string) {
  return { type: 'failed', message }
}
