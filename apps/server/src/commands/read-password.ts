import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Returns the first line of standard input. At a terminal it is asked for and not shown. */
export async function readPassword(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  const isTerminal = stdin.isTTY === true
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: hidden, terminal: isTerminal })
  if (isTerminal) stderr.write(prompt)
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTerminal) stderr.write('\n')
  }
}
