// For the scripts that run in a process of their own. They import nothing of the project beside this.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Returns what the parent asks, and `load`, which loads a module of the installed client. */
export async function readQuestion<Question>(): Promise<{ question: Question; load: (name: string) => unknown }> {
  const { folder, ...question } = JSON.parse(await text(process.stdin)) as { folder: string }
  return { question: question as Question, load: createRequire(join(folder, 'package.json')) }
}

/** Prints the reading; resolves when the parent has it. */
export function printReading(reading: object): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify(reading)}\n`, () => resolve()))
}
