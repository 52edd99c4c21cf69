import { lazy, Suspense, useEffect, useState } from 'react'
import { isTyping } from '../lib/is-typing.ts'

// Neither is part of the first load: both open by a key.
const loadPalette = () => import('./palette.tsx')
const loadKeySheet = () => import('../components/key-sheet.tsx')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const KeySheet = lazy(async () => ({ default: (await loadKeySheet()).KeySheet }))
export const keyboardSheets = [loadPalette, loadKeySheet]

type Sheet = 'palette' | 'keys'

/** Ctrl or Cmd with K opens the palette from anywhere, `?` the sheet of keys unless somebody types. */
export function Keyboard() {
  const [sheet, setSheet] = useState<Sheet | null>(null)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const wanted = sheetOf(event)
      if (wanted === null) return
      event.preventDefault()
      setSheet(wanted)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  const close = () => setSheet(null)
  if (sheet === null) return null
  return (
    <Suspense>
      {sheet === 'palette' ? <Palette onClose={close} onKeys={() => setSheet('keys')} /> : <KeySheet onClose={close} />}
    </Suspense>
  )
}

function sheetOf(event: KeyboardEvent): Sheet | null {
  const withControl = event.ctrlKey || event.metaKey
  if (withControl && !event.altKey && event.key.toLowerCase() === 'k') return 'palette'
  return event.key === '?' && !withControl && !isTyping(event.target) ? 'keys' : null
}
