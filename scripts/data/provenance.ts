import type { BundleFile } from './bundle-file.ts'
import type { SourceFile } from './source-files.ts'

const begin = '<!-- files: written by npm run data:build -->'
const end = '<!-- end of files -->'
const head = [
  '| file | source repository and commit | original path | what was done | rows | SHA-256 | date |',
  '|---|---|---|---|---|---|---|',
]

const inputHead = [
  '',
  'Made from these excerpts, which the script reads:',
  '',
  '| input | SHA-256 | source repository and commit | original path | how it was made from that |',
  '|---|---|---|---|---|',
]

/** A file as it lies in its folder. */
export interface WrittenFile extends BundleFile {
  readonly sha256: string
}

/**
 * Returns the text of a PROVENANCE.md with its tables of files and of their inputs written anew. A file that did not change keeps its date; a changed
 * one gets `date`. Throws when the markers are missing, or when a date is needed and `date` is null.
 */
export function writeProvenance(text: string, files: readonly WrittenFile[], date: string | null): string {
  const start = text.indexOf(begin)
  const stop = text.indexOf(end)
  if (start === -1 || stop === -1) throw new Error('PROVENANCE.md has lost the markers of its table.')
  const former = text.slice(start, stop)
  const lines = files.map((file) => tableLine(file, dateOf(file, former, date)))
  return [text.slice(0, start) + begin, ...head, ...lines, ...inputHead, ...inputLines(files), text.slice(stop)].join(
    '\n',
  )
}

function tableLine(file: WrittenFile, date: string): string {
  const sources = [...new Set(file.sources.map((source) => `${source.repository} @${source.commit}`))]
  const paths = [...new Set(file.sources.map((source) => source.originalPath))]
  const cells = [`\`${file.name}\``, sources.join('; '), paths.join('; '), file.treatment, String(file.rows)]
  return `| ${[...cells, `\`${file.sha256}\``, date].join(' | ')} |`
}

function inputLines(files: readonly WrittenFile[]): string[] {
  const inputs = new Map(files.flatMap((file) => file.sources.map((source) => [source.path, source] as const)))
  return [...inputs.values()].map(inputLine)
}

function inputLine(source: SourceFile): string {
  const cells = [`\`${source.path}\``, `\`${source.sha256}\``, `${source.repository} @${source.commit}`]
  return `| ${[...cells, source.originalPath, source.mapping].join(' | ')} |`
}

function dateOf(file: WrittenFile, former: string, date: string | null): string {
  const line = former.split('\n').find((one) => one.includes(`\`${file.name}\``) && one.includes(file.sha256))
  const kept = line?.match(/\| (\d{4}-\d{2}-\d{2}) \|$/)?.[1]
  const found = kept ?? date
  if (found === null)
    throw new Error(`${file.folder}/${file.name} changed: say of which day it is with --date YYYY-MM-DD.`)
  return found
}
