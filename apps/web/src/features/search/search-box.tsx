import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useMarketQueries } from '../../app/market-queries.ts'
import { useView } from '../../app/use-view.ts'
import { useDelayed } from '../../lib/use-delayed.ts'
import { SearchResults } from './search-results.tsx'
import { useSearchKeys } from './use-search-keys.ts'

/** Finds an instrument by symbol, name or ISIN: a combobox whose list is walked with the arrows and chosen with Enter. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [, change] = useView()
  const { search } = useMarketQueries()
  const wanted = useDelayed(text.trim(), 80)
  const { data, failureReason, error } = useQuery({ ...search(wanted), enabled: wanted !== '' })
  const found = wanted === '' ? undefined : data?.instruments
  const shown = open && text.trim() !== ''

  useSearchKeys(input)

  const choose = (instrument: string | undefined) => {
    if (instrument === undefined) return
    change({ instrument })
    setText('')
    setOpen(false)
    input.current?.blur()
  }
  const move = (step: number) => {
    const count = found?.length ?? 0
    if (count > 0) setActive((active + step + count) % count)
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(found?.[active]?.instrument),
    Escape: () => (open ? setOpen(false) : input.current?.blur()),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    act()
  }

  return (
    <search className="relative block">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search instruments"
        aria-expanded={shown}
        aria-controls="search-results"
        aria-autocomplete="list"
        aria-activedescendant={shown && found?.[active] ? `search-result-${active}` : undefined}
        placeholder="Symbol, company or ISIN"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="h-9 pointer-coarse:h-11 w-full rounded-lg border border-edge bg-surface px-3 text-base outline-offset-0 placeholder:text-muted max-sm:text-[1rem]"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute right-2.5 top-2 rounded border border-line px-1.5 text-xs text-muted max-sm:hidden"
      >
        /
      </span>
      {shown ? (
        <SearchResults
          text={wanted}
          found={found}
          total={data?.total ?? 0}
          problem={error ?? failureReason}
          active={active}
          onActivate={setActive}
          onChoose={choose}
        />
      ) : null}
    </search>
  )
}
