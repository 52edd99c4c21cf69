import { useEffect } from 'react'
import { areAmountsHidden, hideAmounts, useHiddenAmounts } from '../lib/hidden-amounts.ts'
import { isTyping } from '../lib/is-typing.ts'
import { Button } from './button.tsx'

/** Hides or shows rupees and units on every screen that has this button; H does the same while it is there. */
export function HideAmountsButton() {
  const hidden = useHiddenAmounts()
  useEffect(() => {
    addEventListener('keydown', switchByKey)
    return () => removeEventListener('keydown', switchByKey)
  }, [])
  return (
    <>
      <Button
        aria-pressed={hidden}
        aria-keyshortcuts="H"
        onClick={() => hideAmounts(!hidden)}
        className="aria-pressed:bg-raised"
      >
        <span aria-hidden="true" className="mr-1.5">
          {hidden ? '◌' : '◉'}
        </span>
        Hide amounts
      </Button>
      <span role="status" className="sr-only">
        {hidden ? 'Amounts are hidden' : ''}
      </span>
    </>
  )
}

function switchByKey(event: KeyboardEvent): void {
  const withModifier = event.ctrlKey || event.metaKey || event.altKey
  if (event.key.toLowerCase() !== 'h' || withModifier || event.repeat || isTyping(event.target)) return
  hideAmounts(!areAmountsHidden())
}
