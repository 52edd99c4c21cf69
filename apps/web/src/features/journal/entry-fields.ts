import type { JournalDraft, JournalEntry, JournalEntryBody } from '@banyan/client'
import { formText } from '../../lib/form-text.ts'

/** What stands in the fields of the editor. Dates and times are of India. */
export interface EntryFields {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  readonly price: string
  readonly openedDate: string
  readonly openedTime: string
  readonly exitPrice: string
  readonly closedDate: string
  readonly closedTime: string
  readonly fees: string
  readonly tags: string
  readonly rating: string
  readonly notes: string
}

export const blankFields: EntryFields = {
  symbol: '',
  side: 'buy',
  quantity: '',
  price: '',
  openedDate: '',
  openedTime: '',
  exitPrice: '',
  closedDate: '',
  closedTime: '',
  fees: '',
  tags: '',
  rating: '',
  notes: '',
}

/** Returns the fields of an entry; the API's timestamps are in IST. */
export function fieldsOfEntry(entry: JournalEntry): EntryFields {
  return {
    symbol: entry.symbol,
    side: entry.side,
    quantity: String(entry.quantity),
    price: String(entry.price),
    openedDate: entry.opened_at.slice(0, 10),
    openedTime: entry.opened_at.slice(11, 19),
    exitPrice: textOf(entry.exit_price),
    closedDate: entry.closed_at?.slice(0, 10) ?? '',
    closedTime: entry.closed_at?.slice(11, 19) ?? '',
    fees: entry.fees === 0 ? '' : String(entry.fees),
    tags: entry.tags.join(', '),
    rating: textOf(entry.rating),
    notes: entry.notes,
  }
}

/** Returns what a broker told of a trade. It tells the date and no time. */
export function fieldsOfDraft(draft: JournalDraft): EntryFields {
  return {
    ...blankFields,
    symbol: draft.symbol,
    side: draft.side ?? 'buy',
    quantity: textOf(draft.quantity === null ? null : Math.abs(draft.quantity)),
    price: textOf(draft.price),
    openedDate: draft.date,
  }
}

const textOf = (value: number | null): string => (value === null ? '' : String(value))

/** Returns what is sent; amounts that are no numbers are refused by the server, beside their field. */
export function readEntry(form: FormData): JournalEntryBody {
  return {
    symbol: formText(form, 'symbol').trim().toUpperCase(),
    side: formText(form, 'side') === 'sell' ? 'sell' : 'buy',
    quantity: amountIn(form, 'quantity') ?? Number.NaN,
    price: amountIn(form, 'price') ?? Number.NaN,
    opened_at: timestampIn(form, 'opened_at', 'opened_time') ?? '',
    exit_price: amountIn(form, 'exit_price'),
    closed_at: timestampIn(form, 'closed_at', 'closed_time'),
    fees: amountIn(form, 'fees') ?? 0,
    tags: formText(form, 'tags')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    rating: amountIn(form, 'rating'),
    notes: formText(form, 'notes'),
  }
}

/** Commas between digits are how people write lakhs. */
function amountIn(form: FormData, name: string): number | null {
  const text = formText(form, name).replaceAll(',', '').trim()
  return text === '' ? null : Number(text)
}

/** Returns `2026-03-10T10:05:00+05:30`; null without a date. */
function timestampIn(form: FormData, dateName: string, timeName: string): string | null {
  const [date, time] = [formText(form, dateName), formText(form, timeName)]
  if (date === '') return null
  return `${date}T${time.length === 5 ? `${time}:00` : time}+05:30`
}
