import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Language } from '../lib/developers-search.ts'

const client = fileURLToPath(new URL('../../../../packages/client', import.meta.url))

const programs = {
  curl: { file: 'program.sh', command: 'sh' },
  typescript: { file: 'program.mts', command: process.execPath },
  python: { file: 'program.py', command: 'python3' },
} as const satisfies Record<Language, { readonly file: string; readonly command: string }>

/** Returns why programs of a language cannot run here, null when they can. */
export function reasonNotToRun(language: Language): string | null {
  if (language === 'typescript') return null
  const command = language === 'curl' ? 'curl' : 'python3'
  return spawnSync(command, ['--version']).status === 0 ? null : `there is no ${command} here`
}

/** Gives a folder what a reader's own would have: the client where Node finds it. */
export function prepareFolder(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@banyan'), { recursive: true })
  symlinkSync(client, join(folder, 'node_modules/@banyan/client'))
}

interface Run {
  readonly language: Language
  readonly text: string
  readonly folder: string
  /** Returns the line to type once the program asks for one; null where it asks for nothing. */
  readonly answer: (() => Promise<string>) | null
}

/** Saves a snippet and runs it as its reader would, and returns how it ended and what it said. */
export async function runSnippet({ language, text, folder, answer }: Run) {
  const { file, command } = programs[language]
  writeFileSync(join(folder, file), text)
  const child = spawn(command, [file], { cwd: folder, timeout: 25_000 })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  child.stdin.on('error', () => undefined) // a program that failed early reads no more
  child.stdin.end(answer === null ? '' : `${await Promise.race([answer(), ended.then(() => '')])}\n`)
  return { exitCode: await ended, stdout, stderr }
}
