import type { FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useJournalFilter } from './journal-queries.ts'

/** Which entries are shown, counted and exported. */
export function JournalFilterForm() {
  const [filter, setFilter] = useJournalFilter()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setFilter(Object.fromEntries(new FormData(event.currentTarget)))
  }
  return (
    <form aria-label="Filter" onSubmit={onSubmit} className="card flex flex-wrap items-end gap-3 p-3">
      <div className="flex-1 basis-36">
        <Field name="symbol" label="Symbol" defaultValue={filter.symbol} placeholder="NSE:TCS" spellCheck={false} />
      </div>
      <div className="flex-1 basis-28">
        <Field name="tag" label="Tag" defaultValue={filter.tag} />
      </div>
      <div className="flex-1 basis-36">
        <Field name="from" label="Opened from" type="date" defaultValue={filter.from} />
      </div>
      <div className="flex-1 basis-36">
        <Field name="to" label="Opened to" type="date" defaultValue={filter.to} />
      </div>
      <div className="flex gap-2">
        <Button type="submit" className="h-9">
          Filter
        </Button>
        {Object.keys(filter).length === 0 ? null : (
          <Button className="h-9" onClick={() => setFilter({})}>
            Show all
          </Button>
        )}
      </div>
    </form>
  )
}
