import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button, type ButtonKind } from './button.tsx'

interface DisclosureProps {
  readonly label: string
  /** Read aloud in place of the label where several have the same. */
  readonly name?: string
  readonly kind?: ButtonKind
  readonly children: (close: () => void) => ReactNode
}

/** A button that opens a panel below the row it stands in; Escape closes it and gives the focus back. The row must wrap. */
export function Disclosure({ label, name, kind = 'quiet', children }: DisclosureProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
  }
  return (
    <>
      <Button
        ref={button}
        kind={kind}
        aria-label={name}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open ? (
        // A line of its own in any row: a panel that is narrower than a wide row would stand beside the button.
        <div className="order-last basis-full">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape only repeats what the button does */}
          <div id={id} onKeyDown={onKeyDown} className="max-w-xl rounded-lg bg-raised p-3">
            {children(close)}
          </div>
        </div>
      ) : null}
    </>
  )
}
