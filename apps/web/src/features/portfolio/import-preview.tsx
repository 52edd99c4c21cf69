import type { PortfolioImportReply } from '@banyan/client'
import { Amount, Units } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { RejectedRows } from '../../components/rejected-rows.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableDate, readableMinute } from '../../lib/ist.ts'

/** A file that was tried, and imported or not. */
export interface TriedFile {
  readonly name: string
  readonly csv: string
  /** Client ID the person gave; null where the file says it. */
  readonly account: string | null
  readonly reply: PortfolioImportReply
}

interface ImportPreviewProps {
  readonly file: TriedFile
  readonly write: () => Promise<void>
  readonly onOther: () => void
}

/** What the server understood of a file, what it rejected, and what an import does. */
export function ImportPreview({ file: { name, reply }, write, onOther }: ImportPreviewProps) {
  const canWrite = reply.preview && reply.added > 0
  return (
    <div data-import={reply.preview ? 'preview' : 'done'} className="flex flex-col gap-3">
      <p role="status" className="text-sm">
        <strong className="break-all">{name}</strong>: {reply.kind} of{' '}
        {brokerAccountName(reply.broker, reply.broker_account)}. {sentenceOf(reply)}
      </p>
      {reply.preview ? <Understood reply={reply} /> : null}
      <RejectedRows errors={reply.errors} count={reply.error_count} />
      {reply.ignored_columns.length === 0 ? null : (
        <p className="text-xs text-muted">Columns that are not read: {reply.ignored_columns.join(', ')}.</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {canWrite ? <Form label="Import the file" submit={submitOf(reply)} send={write} /> : null}
        <Button onClick={onOther}>Choose another file</Button>
      </div>
    </div>
  )
}

function sentenceOf({
  preview,
  kind,
  added,
  known,
  rejected,
  book,
  book_before: before,
}: PortfolioImportReply): string {
  const counts = `${added} ${preview ? 'would be added' : 'were added'}${known > 0 ? `, ${known} are there already` : ''}${rejected > 0 ? `, ${rejected} rejected` : ''}.`
  if (kind === 'trades' || book !== 'replaced') return counts
  const old = before === null ? 'the book that is there' : `the book of ${readableMinute(before)}`
  return `${counts} ${preview ? `They would replace ${old}.` : `They replaced ${old}.`}`
}

function submitOf({ added, rejected, kind }: PortfolioImportReply): string {
  return rejected > 0 ? `Import ${added} and leave ${rejected} out` : `Import ${added} ${kind}`
}

function Understood({ reply: { understood, kind, rows, rejected } }: { readonly reply: PortfolioImportReply }) {
  if (understood.length === 0) return null
  const isTrades = kind === 'trades'
  return (
    <>
      <section
        className="max-h-64 overflow-y-auto rounded-md border border-line"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label="What was understood"
      >
        <table className="w-full text-sm">
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="px-2 py-1 text-left font-medium">
                {isTrades ? 'Trade' : 'Holding'}
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                Quantity
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                {isTrades ? 'Price' : 'Average'}
              </th>
            </tr>
          </thead>
          <tbody>
            {understood.map((row) => (
              <tr key={row.line} className="border-t border-line">
                <th scope="row" className="px-2 py-1 text-left font-normal">
                  {row.instrument ?? row.tradingsymbol} {row.side ?? ''}
                  {row.date === null ? null : (
                    <span className="block text-2xs text-muted">{readableDate(row.date)}</span>
                  )}
                  {row.instrument === null ? (
                    <span className="block text-2xs text-replay">
                      No list of instruments knows it: it has no price.
                    </span>
                  ) : null}
                </th>
                <td className="px-2 py-1 text-right">
                  <Units value={row.quantity} />
                </td>
                <td className="px-2 py-1 text-right">
                  <Amount value={row.price} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows - rejected > understood.length ? (
        <p className="text-xs text-muted">The first {understood.length} are shown.</p>
      ) : null}
    </>
  )
}
