import { hideAmounts, useHiddenAmounts } from '../lib/hidden-amounts.ts'
import { Button } from './button.tsx'

export function HideAmountsButton() {
  const hidden = useHiddenAmounts()
  return (
    <Button aria-pressed={hidden} onClick={() => hideAmounts(!hidden)}>
      <span aria-hidden="true" className="mr-1.5">
        {hidden ? '◌' : '◉'}
      </span>
      Hide amounts
    </Button>
  )
}
