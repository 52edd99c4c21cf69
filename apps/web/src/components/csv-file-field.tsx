const largestBytes = 5 * 1024 * 1024

/** Chooses a CSV file; {@link readCsvFile} reads it. */
export function CsvFileField({ hint }: { readonly hint: string }) {
  return (
    <>
      <label className="flex flex-col gap-1 text-sm font-medium">
        CSV file
        <input
          type="file"
          name="file"
          accept=".csv,text/csv"
          className="text-sm font-normal file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-md file:border file:border-line file:bg-surface file:px-3 file:text-sm file:font-medium file:text-ink"
        />
      </label>
      <p className="text-xs text-muted">{hint}</p>
    </>
  )
}

/** Returns name and text of the file chosen. Throws a sentence for none and for one the server would not take. */
export async function readCsvFile(form: FormData): Promise<{ readonly name: string; readonly csv: string }> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw new Error('Choose a file that is not empty.')
  if (file.size > largestBytes) throw new Error('The file is larger than 5 MiB. Split it.')
  return { name: file.name, csv: await file.text() }
}
