import { type ReactNode, useEffect, useId, useRef } from 'react'

interface DialogProps {
  readonly title: string
  /** True where the content tells what it is, so that the title is only read aloud. */
  readonly quiet?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A panel above the page while it is shown; Escape and a press beside it close it, and the focus goes back to where it was. The browser's own
 * element, since libraries lock the page's scrolling by an inline style that the CSP refuses.
 */
export function Dialog({ title, quiet = false, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, and the browser's own
    <dialog
      ref={element}
      aria-labelledby={id}
      // Under StrictMode it is closed and shown again at once: then it is open when it hears of its closing.
      onClose={(event) => event.currentTarget.open || onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="mx-auto mt-[10vh] w-[min(36rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-surface p-0 text-ink shadow-lg backdrop:bg-ink/30 dark:backdrop:bg-page/70"
    >
      <div className="p-4">
        <h2 id={id} className={quiet ? 'sr-only' : 'mb-2 text-lg font-semibold tracking-tight'}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  )
}
