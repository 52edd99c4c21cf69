import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectControl } from './control-client.ts'
import { type ControlHandler, type ControlServer, startControlServer } from './control-server.ts'
import { controlSocketPath } from './control-socket.ts'

let folder: string
let server: ControlServer | null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'banyan-control-'))
  server = null
})
afterEach(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true })
})

const refuse: ControlHandler = async () => {
  throw new Error('not now')
}

async function start(handler: ControlHandler): Promise<string> {
  const socketPath = controlSocketPath(folder)
  server = await startControlServer({ socketPath, handlers: { import: handler, backup: refuse } })
  return socketPath
}

async function ask(socketPath: string, argument: unknown, signal = new AbortController().signal) {
  const events: unknown[] = []
  const client = await connectControl(socketPath)
  const result = await client?.run('import', argument, { signal, onEvent: (event) => events.push(event) })
  return { result, events }
}

/** Resolves once the handler it gives was called, and lets the test see how its work ended. */
function waitingHandler() {
  let reached: () => void
  const started = new Promise<void>((resolve) => {
    reached = resolve
  })
  let ended: (reason: unknown) => void
  const aborted = new Promise<unknown>((resolve) => {
    ended = resolve
  })
  const handler: ControlHandler = async (_argument, { signal }) => {
    reached()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    ended(signal.reason)
    throw signal.reason
  }
  return { handler, started, aborted }
}

describe('control socket', () => {
  it('hands the argument over and brings events and the result back in order', async () => {
    const path = await start(async (argument, { send }) => {
      send({ at: 1 })
      send({ at: 2 })
      return { got: argument }
    })
    expect(await ask(path, ['a', 'é\n'])).toEqual({ result: { got: ['a', 'é\n'] }, events: [{ at: 1 }, { at: 2 }] })
  })

  it('brings a failure back as its message', async () => {
    const path = await start(refuse)
    await expect(ask(path, null)).rejects.toThrow('not now')
  })

  it('may be opened by its owner only', async () => {
    const path = await start(refuse)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('finds nobody where no server runs, also when a killed one left its file', async () => {
    expect(await connectControl(controlSocketPath(folder))).toBeNull()
    leaveStaleSocket(controlSocketPath(folder))
    expect(await connectControl(controlSocketPath(folder))).toBeNull()
    const path = await start(async () => 'again')
    expect((await ask(path, null)).result).toBe('again')
  })

  it('does not remove a file that is no socket', async () => {
    writeFileSync(controlSocketPath(folder), 'precious')
    await expect(start(refuse)).rejects.toThrow('not a socket')
    expect(statSync(controlSocketPath(folder)).size).toBe(8)
  })

  it('aborts the command of a client that goes away', async () => {
    const { handler, started, aborted } = waitingHandler()
    const path = await start(handler)
    const abort = new AbortController()
    const asked = ask(path, null, abort.signal)
    await started
    abort.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    expect(await aborted).toMatchObject({ message: 'The client went away.' })
  })

  it('aborts running commands when it stops, waits for them and removes its file', async () => {
    const { handler, started, aborted } = waitingHandler()
    const path = await start(handler)
    const asked = ask(path, null)
    await started
    await Promise.all([server?.stop(), expect(asked).rejects.toThrow()])
    server = null
    expect(await aborted).toMatchObject({ message: 'The server is stopping.' })
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    ['x'.repeat(70_000), 'longer than 64 KiB'],
    ['{"command"\n', 'not JSON'],
    ['null\n', 'Commands are'],
    ['{"command":"order"}\n', 'Commands are import, backup'],
    ['{"command":"__proto__"}\n', 'Commands are import, backup'],
  ])('answers what is no command with a sentence (%#)', async (line, sentence) => {
    const path = await start(async () => 'done')
    const socket = connect(path)
    socket.write(line)
    expect(await text(socket)).toContain(sentence)
  })

  it('tells the handler when an event does not fit, and sends nothing of it', async () => {
    const path = await start(async (_argument, { send }) => send('x'.repeat(70_000)))
    expect(await ask(path, null)).toEqual({ result: false, events: [] })
  })

  it('refuses to send a command that does not fit into a line', async () => {
    const path = await start(async () => 'done')
    await expect(ask(path, 'x'.repeat(70_000))).rejects.toThrow('name a folder')
  })

  it('says so when the data folder’s path leaves no room for a socket', () => {
    expect(() => controlSocketPath(`/${'é'.repeat(60)}`)).toThrow(
      'BANYAN_HOME is too long: its path may have 94 bytes, it has 121.',
    )
    expect(controlSocketPath(`/${'a'.repeat(93)}`)).toHaveLength(107)
  })
})

/** Leaves a socket file behind as a killed process does: nobody listens on it any more. */
function leaveStaleSocket(path: string): void {
  const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', program])
  expect(statSync(path).isSocket()).toBe(true)
}
