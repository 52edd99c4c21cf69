import { useState } from 'react'
import { Button } from './button.tsx'

/** Copies `text` and says whether that worked: some browsers and plain HTTP refuse. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch (error) {
      console.info('The browser refuses to copy.', error)
      setOutcome('refused')
    }
  }
  return (
    <>
      <Button onClick={() => void copy()} aria-label={label}>
        {outcome === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className={outcome === 'refused' ? 'text-xs text-warn' : 'sr-only'}>
        {outcome === 'copied' ? 'Copied' : ''}
        {outcome === 'refused' ? 'The browser does not let this page copy. Select the text instead.' : ''}
      </span>
    </>
  )
}
