import { useAccount } from '../../app/account.ts'
import { CsvImport } from '../../components/csv-import.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/section.tsx'
import { saveFile } from '../../lib/save-file.ts'
import { useJournalFilter, useRefreshJournal } from './journal-queries.ts'

const byteOrderMark = '\ufeff'

/** Taking the journal along, and bringing one. */
export function FileCard() {
  const { client } = useAccount()
  const [filter] = useJournalFilter()
  const refresh = useRefreshJournal()
  const save = async () => {
    const csv = await client.journal.exportCsv(filter)
    // Spreadsheets read the file as UTF-8 by the mark, which decoding took away.
    saveFile('banyan-journal.csv', 'text/csv', csv.startsWith(byteOrderMark) ? csv : byteOrderMark + csv)
  }
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Section id="files" title="CSV files">
      <div className="flex flex-wrap gap-2">
        <Form label="Export" submit={isFiltered ? 'Export what is shown' : 'Export'} kind="quiet" send={save} />
        <Disclosure label="Import">
          {() => (
            <CsvImport
              what="entries"
              hint="A file as an export has it, or any with the columns symbol, side, quantity, price and opened_at. It is checked first; nothing is written before you say so."
              send={(csv, preview) => client.journal.importCsv(csv, { preview })}
              onImported={refresh}
            />
          )}
        </Disclosure>
      </div>
    </Section>
  )
}
