import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBundle } from './data/bundle.ts'
import type { BundleFile } from './data/bundle-file.ts'
import { pack, sha256 } from './data/packing.ts'
import { type WrittenFile, writeProvenance } from './data/provenance.ts'
import { readSources, type SourceFile, sourceFiles } from './data/source-files.ts'

const usage = `npm run data:build -- --from <folder> [--out data] [--date YYYY-MM-DD] [--unverified]

Rebuilds the bundled market data from the files below and writes the tables of the PROVENANCE.md files anew. The same input gives
the same bytes. An input whose SHA-256 differs is refused unless --unverified is given. --date is asked for when a file changed.

Each input is an excerpt of what its authors published on github.com; this is how to make it:
${Object.values(sourceFiles).map(describeSource).join('')}`

function describeSource(source: SourceFile): string {
  return `
  ${source.path}
    SHA-256  ${source.sha256}
    from     ${source.repository} @${source.commit} (${source.licence})
    paths    ${source.originalPath}
    made by  ${source.mapping}
`
}

function writeFile(out: string, file: BundleFile): WrittenFile {
  const bytes = file.name.endsWith('.gz') ? pack(file.text) : Buffer.from(file.text)
  writeFileSync(join(out, file.folder, file.name), bytes)
  process.stdout.write(`${file.folder}/${file.name}: ${file.rows} rows, ${bytes.length} bytes\n`)
  return { ...file, sha256: sha256(bytes) }
}

function main(): void {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      out: { type: 'string', default: 'data' },
      date: { type: 'string' },
      unverified: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || !values.from) {
    process.stdout.write(usage)
    process.exitCode = values.help ? 0 : 64
    return
  }
  const bundle = buildBundle(readSources(values.from, { verify: !values.unverified }))
  const written = bundle.map((file) => writeFile(values.out, file))
  for (const [folder, files] of Map.groupBy(written, (file) => file.folder)) {
    const path = join(values.out, folder, 'PROVENANCE.md')
    writeFileSync(path, writeProvenance(readFileSync(path, 'utf8'), files, values.date ?? null))
  }
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
