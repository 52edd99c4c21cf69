import { useState } from 'react'
import { useAccount } from '../../app/account.ts'
import { CsvFileField, readCsvFile } from '../../components/csv-file-field.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Section } from '../../components/section.tsx'
import { formText } from '../../lib/form-text.ts'
import { ImportPreview, type TriedFile } from './import-preview.tsx'
import { useRefreshPortfolio } from './portfolio-queries.ts'

const hint =
  'Holdings or a tradebook from Zerodha Console, ICICI Direct or Kotak, or any with plain columns. It is checked first; nothing is written before you say so.'

/** For who has no API at the broker: what is owned and traded, from the broker’s own files. */
export function ImportCard() {
  const { client } = useAccount()
  const refresh = useRefreshPortfolio()
  const [tried, setTried] = useState<TriedFile | null>(null)

  const ask = (csv: string, account: string | null, how: { preview?: boolean; rejected?: 'skip' }) =>
    client.portfolio.importCsv(csv, { ...how, ...(account === null ? {} : { account }) })
  const check = async (form: FormData) => {
    const file = await readCsvFile(form)
    const account = formText(form, 'account').trim() || null
    setTried({ ...file, account, reply: await ask(file.csv, account, { preview: true }) })
  }
  const write = async () => {
    if (tried === null) return
    const { csv, account, reply } = tried
    setTried({ ...tried, reply: await ask(csv, account, reply.rejected > 0 ? { rejected: 'skip' } : {}) })
    refresh()
  }
  return (
    <Section id="import" title="Import a file">
      {tried === null ? (
        <Form label="Import a file" submit="Check the file" send={check}>
          <CsvFileField hint={hint} />
          <Field
            name="account"
            label="Client ID (optional)"
            hint="Of your account at the broker, for files that do not say it."
            autoComplete="off"
            spellCheck={false}
          />
        </Form>
      ) : (
        <ImportPreview file={tried} write={write} onOther={() => setTried(null)} />
      )}
    </Section>
  )
}
