import { CopyButton } from '../../components/copy-button.tsx'

interface CommandBlockProps {
  /** Lines to be typed elsewhere, as they are. */
  readonly text: string
  /** Of the button, read aloud. */
  readonly label: string
}

/** Lines to take along: settings or a command. */
export function CommandBlock({ text, label }: CommandBlockProps) {
  return (
    <div className="flex flex-wrap items-start justify-end gap-2">
      <pre className="min-w-0 flex-1 basis-64 whitespace-pre-wrap rounded-md [overflow-wrap:anywhere] bg-raised px-3 py-2 text-xs">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  )
}
