import { connect, type Socket } from 'node:net'
import type { ControlCommand } from './control-server.ts'
import { readJsonLines, writeJsonLine } from './json-lines.ts'

/** A connection to the process that holds the data folder; good for one command. */
export interface ControlClient {
  /**
   * Resolves with the command's result; rejects with the other side's message, or when it goes away. Aborting closes the connection,
   * which ends the command over there.
   */
  run(
    command: ControlCommand,
    argument: unknown,
    options: { readonly signal: AbortSignal; onEvent(event: unknown): void },
  ): Promise<unknown>
  /** Closes the connection without giving a command. */
  close(): void
}

/** Returns a connection, or null when nobody listens: no server runs on this data folder. */
export async function connectControl(socketPath: string): Promise<ControlClient | null> {
  const socket = await open(socketPath)
  if (socket === null) return null
  return {
    close: () => socket.destroy(),
    run: (command, argument, options) => runOn(socket, command, argument, options),
  }
}

async function open(socketPath: string): Promise<Socket | null> {
  return await new Promise((resolve, reject) => {
    const socket = connect(socketPath)
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null)
      else reject(error)
    })
  })
}

async function runOn(
  socket: Socket,
  command: ControlCommand,
  argument: unknown,
  { signal, onEvent }: Parameters<ControlClient['run']>[2],
): Promise<unknown> {
  const onAbort = () => socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('close', () => reject(signal.aborted ? signal.reason : new Error('The server ended the connection.')))
      readJsonLines(socket, {
        onBroken: (reason) => reject(new Error(reason)),
        onValue(value) {
          const message = value as { type?: unknown; event?: unknown; result?: unknown; message?: unknown }
          if (message.type === 'event') onEvent(message.event)
          else if (message.type === 'done') resolve(message.result)
          else reject(new Error(String(message.message)))
        },
      })
      signal.throwIfAborted()
      if (!writeJsonLine(socket, { command, argument }))
        reject(new Error('The command is longer than 64 KiB; name a folder instead of its files.'))
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}
