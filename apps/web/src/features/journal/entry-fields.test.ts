import type { JournalEntry } from '@banyan/client'
import { describe, expect, it } from 'vitest'
import { blankFields, type EntryFields, fieldsOfDraft, fieldsOfEntry, readEntry } from './entry-fields.ts'

function formOf(fields: EntryFields): FormData {
  const form = new FormData()
  const named = {
    symbol: fields.symbol,
    side: fields.side,
    quantity: fields.quantity,
    price: fields.price,
    opened_at: fields.openedDate,
    opened_time: fields.openedTime,
    exit_price: fields.exitPrice,
    closed_at: fields.closedDate,
    closed_time: fields.closedTime,
    fees: fields.fees,
    tags: fields.tags,
    rating: fields.rating,
    notes: fields.notes,
  }
  for (const [name, value] of Object.entries(named)) form.set(name, value)
  return form
}

const entry: JournalEntry = {
  id: 'jrn_1',
  symbol: 'NSE:TCS',
  side: 'sell',
  quantity: 12.5,
  price: 3390.5,
  exit_price: 3300,
  fees: 20.05,
  opened_at: '2026-03-10T10:05:00+05:30',
  closed_at: '2026-03-11T15:29:59+05:30',
  notes: 'Breakout failed',
  tags: ['swing', 'gap up'],
  rating: 4,
  pnl: 1110.2,
  patterns_at_entry: [],
  created_at: '2026-03-10T10:07:12+05:30',
  updated_at: '2026-03-10T10:07:12+05:30',
}

describe('the fields of the editor', () => {
  it('send back an entry as it was when nothing is changed', () => {
    const {
      id: _id,
      pnl: _pnl,
      patterns_at_entry: _patterns,
      created_at: _made,
      updated_at: _changed,
      ...written
    } = entry
    expect(readEntry(formOf(fieldsOfEntry(entry)))).toEqual(written)
    const open = { ...entry, exit_price: null, closed_at: null, rating: null, fees: 0, tags: [], notes: '' }
    expect(readEntry(formOf(fieldsOfEntry(open)))).toMatchObject({
      exit_price: null,
      closed_at: null,
      rating: null,
      fees: 0,
    })
  })

  it('take lakhs with their commas, and leave what is no number to the server', () => {
    const sent = readEntry(formOf({ ...blankFields, quantity: '1,25,000', price: 'ten' }))
    expect(sent.quantity).toBe(125_000)
    expect(JSON.parse(JSON.stringify(sent)).price).toBeNull()
  })

  it('have of a draft what the broker told, and no time of day', () => {
    const draft = {
      id: 'd',
      date: '2026-03-12',
      broker: 'zerodha',
      broker_account: 'AB1234',
      product: 'CNC',
      realised: null,
    }
    expect(fieldsOfDraft({ ...draft, symbol: 'NSE:INFY', side: 'sell', quantity: 4, price: 1500.05 })).toEqual({
      ...blankFields,
      symbol: 'NSE:INFY',
      side: 'sell',
      quantity: '4',
      price: '1500.05',
      openedDate: '2026-03-12',
    })
  })
})
