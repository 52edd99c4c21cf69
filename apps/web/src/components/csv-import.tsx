import { useState } from 'react'
import { Button } from './button.tsx'
import { CsvFileField, readCsvFile } from './csv-file-field.tsx'
import { Form } from './form.tsx'
import { RejectedRows } from './rejected-rows.tsx'

/** What a file would bring, or brought. */
interface ImportCounts {
  readonly rows: number
  readonly added: number
  readonly known: number
  readonly errors: readonly { readonly line: number; readonly column: string | null; readonly reason: string }[]
  readonly error_count: number
  readonly ignored_columns: readonly string[]
}

interface CsvImportProps {
  /** What a row is, in the plural: `entries`. */
  readonly what: string
  /** Which files are taken. */
  readonly hint: string
  readonly send: (csv: string, preview: boolean) => Promise<ImportCounts>
  readonly onImported: () => void
}

type Outcome = { readonly csv: string; readonly name: string; readonly counts: ImportCounts; readonly done: boolean }

/** A file is tried first: what it would add and each row that is wrong are shown before anything is written. */
export function CsvImport({ what, hint, send, onImported }: CsvImportProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const preview = async (form: FormData) => {
    const { name, csv } = await readCsvFile(form)
    setOutcome({ csv, name, counts: await send(csv, true), done: false })
  }
  const write = async () => {
    if (outcome === null) return
    setOutcome({ ...outcome, counts: await send(outcome.csv, false), done: true })
    onImported()
  }
  if (outcome !== null)
    return (
      <div className="flex flex-col gap-3" data-import={outcome.done ? 'done' : 'preview'}>
        <p role="status" className="text-sm">
          <strong className="break-all">{outcome.name}</strong>: {sentenceOf(outcome, what)}
        </p>
        <RejectedRows errors={outcome.counts.errors} count={outcome.counts.error_count} />
        {outcome.counts.ignored_columns.length === 0 ? null : (
          <p className="text-xs text-muted">Columns that are not read: {outcome.counts.ignored_columns.join(', ')}.</p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {outcome.done || outcome.counts.error_count > 0 || outcome.counts.added === 0 ? null : (
            <Form label={`Import ${what}`} submit={`Import ${outcome.counts.added} ${what}`} send={write} />
          )}
          <Button onClick={() => setOutcome(null)}>Choose another file</Button>
        </div>
      </div>
    )
  return (
    <Form label={`Import ${what}`} submit="Check the file" send={preview}>
      <CsvFileField hint={hint} />
    </Form>
  )
}

function sentenceOf({ counts: { rows, added, known, error_count: wrong }, done }: Outcome, what: string): string {
  if (done) return `${added} ${what} were added, ${known} were there already.`
  if (wrong > 0)
    return `${wrong} of ${rows} rows are wrong, so nothing can be imported. Mend the file and choose it again.`
  if (added === 0) return `all ${known} ${what} are there already.`
  return `${rows} rows; ${added} ${what} would be added, ${known} are there already.`
}
