import type { Socket } from 'node:net'

/** Longest line either side sends or takes, in bytes without the line end. */
const maxLineBytes = 64 * 1024

/**
 * Calls back with each line's JSON value. A line that is too long or no JSON ends the reading with one call of `onBroken`; whatever
 * comes after it is dropped.
 */
export function readJsonLines(
  socket: Socket,
  listener: { onValue(value: unknown): void; onBroken(reason: string): void },
): void {
  let held = Buffer.alloc(0)
  let isBroken = false
  const fail = (reason: string) => {
    isBroken = true
    held = Buffer.alloc(0)
    listener.onBroken(reason)
  }
  socket.on('data', (chunk: Buffer) => {
    if (isBroken) return
    held = Buffer.concat([held, chunk])
    for (let end = held.indexOf(10); end >= 0 && !isBroken; end = held.indexOf(10)) {
      const line = held.subarray(0, end)
      held = held.subarray(end + 1)
      const parsed = line.length > maxLineBytes ? null : parseLine(line.toString('utf8'))
      if (parsed === null) fail(line.length > maxLineBytes ? 'A line is longer than 64 KiB.' : 'A line is not JSON.')
      else listener.onValue(parsed.value)
    }
    if (held.length > maxLineBytes) fail('A line is longer than 64 KiB.')
  })
}

function parseLine(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** Writes a value as one line; false when it does not fit into one, and then nothing is written. */
export function writeJsonLine(socket: Socket, value: unknown): boolean {
  const line = JSON.stringify(value)
  if (Buffer.byteLength(line) > maxLineBytes) return false
  if (socket.writable) socket.write(`${line}\n`)
  return true
}
