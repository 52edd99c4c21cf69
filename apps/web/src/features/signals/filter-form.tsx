import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/select.tsx'
import { verdictWords } from '../../lib/edge-words.ts'
import {
  directions,
  filterOf,
  parseSignalsSearch,
  type SignalsSearch,
  timeframes,
  verdicts,
} from '../../lib/signals-search.ts'

const timeframeNames = { '15m': '15 minutes', '1h': '1 hour', '1d': '1 day', '1w': '1 week' } as const

/** The filter, which the address keeps: a list acts when it is changed, the symbol with Enter. */
export function FilterForm({ search }: { readonly search: SignalsSearch }) {
  const { catalogue } = useMarketQueries()
  const { data: patterns } = useQuery({ ...catalogue, select: (reply) => reply.patterns })
  const navigate = useNavigate({ from: '/signals' })
  const set = (part: Record<string, unknown>) =>
    void navigate({ search: (before) => parseSignalsSearch({ ...before, ...part }), resetScroll: false })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    set(Object.fromEntries(new FormData(event.currentTarget)))
  }
  const isFiltered = Object.keys(filterOf(search)).length > 0
  const id = useId()
  return (
    <form aria-label="Filter" onSubmit={onSubmit} className="card flex flex-wrap items-end gap-3 p-3">
      <div className="flex flex-1 basis-32 flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          Symbol
        </label>
        <input
          key={search.symbol}
          id={id}
          name="symbol"
          defaultValue={search.symbol}
          placeholder="NSE:TCS"
          autoComplete="off"
          spellCheck={false}
          className="h-9 pointer-coarse:h-11 min-w-0 rounded-md border border-edge bg-surface px-2 text-[1rem] sm:text-base"
        />
      </div>
      <OneOf
        name="pattern"
        label="Pattern"
        value={search.pattern}
        options={(patterns ?? []).map(({ pattern_id, name }) => ({ value: pattern_id, label: name }))}
        onChange={set}
      />
      <OneOf
        name="direction"
        label="Direction"
        value={search.direction}
        options={directions.map((one) => ({ value: one, label: one }))}
        onChange={set}
      />
      <OneOf
        name="timeframe"
        label="Candles"
        value={search.timeframe}
        options={timeframes.map((one) => ({ value: one, label: timeframeNames[one] }))}
        onChange={set}
      />
      <OneOf
        name="verdict"
        label="Verdict"
        value={search.verdict}
        options={verdicts.map((one) => ({ value: one, label: verdictWords[one] }))}
        onChange={set}
      />
      <div className="flex gap-2">
        <Button type="submit" className="h-9">
          Filter
        </Button>
        {isFiltered ? (
          <Button
            className="h-9"
            onClick={() => set({ symbol: '', pattern: '', direction: '', timeframe: '', verdict: '' })}
          >
            Show all
          </Button>
        ) : null}
      </div>
    </form>
  )
}

interface OneOfProps {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (part: Record<string, string>) => void
}

function OneOf({ name, label, value = '', options, onChange }: OneOfProps) {
  return (
    <div className="min-w-0 flex-1 basis-32">
      <Select
        name={name}
        label={label}
        options={[anyOf, ...options]}
        value={value}
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </div>
  )
}

const anyOf = { value: '', label: 'any' }
