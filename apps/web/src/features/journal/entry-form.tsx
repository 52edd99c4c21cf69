import type { JournalEntryBody } from '@banyan/client'
import { Link } from '@tanstack/react-router'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { type EntryFields, readEntry } from './entry-fields.ts'

interface EntryFormProps {
  readonly label: string
  readonly submit: string
  readonly initial: EntryFields
  readonly send: (entry: JournalEntryBody) => Promise<void>
}

const sides = [
  { value: 'buy', label: 'Buy' },
  { value: 'sell', label: 'Sell' },
] as const

const ratings = [
  { value: '', label: 'Not rated' },
  ...['1', '2', '3', '4', '5'].map((value) => ({ value, label: `${'★'.repeat(Number(value))} ${value} of 5` })),
]

/** Everything a person writes of one trade. */
export function EntryForm({ label, submit, initial, send }: EntryFormProps) {
  const amount = { inputMode: 'decimal', autoComplete: 'off' } as const
  return (
    <Form
      label={label}
      submit={submit}
      send={(form) => send(readEntry(form))}
      aside={
        <Link
          to="/journal"
          search={{}}
          className="rounded-md px-3 py-1.5 text-sm font-medium hover:bg-raised pointer-coarse:py-3"
        >
          Back without saving
        </Link>
      }
    >
      <div className="grid gap-3 sm:grid-cols-4">
        <div className="sm:col-span-2">
          <Field
            name="symbol"
            label="Symbol"
            hint="Such as BSE:TCS; without an exchange, NSE is meant."
            defaultValue={initial.symbol}
            spellCheck={false}
            autoComplete="off"
            required
            focused={initial.symbol === ''}
          />
        </div>
        <Select name="side" label="Side" options={sides} initial={initial.side} />
        <Field name="quantity" label="Quantity" defaultValue={initial.quantity} required {...amount} />
        <Field name="price" label="Entry price, ₹" defaultValue={initial.price} required {...amount} />
        <Field name="opened_at" label="Opened on" type="date" defaultValue={initial.openedDate} required />
        <Field name="opened_time" label="At, IST" type="time" step={1} defaultValue={initial.openedTime} required />
        <Field
          name="fees"
          label="Fees, ₹"
          defaultValue={initial.fees}
          hint="All charges. Leave empty if none."
          {...amount}
        />
        <Field name="exit_price" label="Exit price, ₹" defaultValue={initial.exitPrice} {...amount} />
        <Field
          name="closed_at"
          label="Closed on"
          type="date"
          defaultValue={initial.closedDate}
          hint="Leave empty while it is open."
        />
        <Field name="closed_time" label="At, IST" type="time" step={1} defaultValue={initial.closedTime} />
        <Select name="rating" label="Rating" options={ratings} initial={initial.rating} />
      </div>
      <Field name="tags" label="Tags" hint="Separate with commas." defaultValue={initial.tags} autoComplete="off" />
      <TextArea name="notes" label="Why, and what came of it" defaultValue={initial.notes} maxLength={10_000} />
    </Form>
  )
}
