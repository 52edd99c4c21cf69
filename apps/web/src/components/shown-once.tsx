import { useEffect, useRef } from 'react'
import { saveFile } from '../lib/save-file.ts'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

interface ShownOnceProps {
  readonly title: string
  readonly secrets: readonly { readonly label: string; readonly value: string }[]
  /** True for many short ones: as a grid, copied together. */
  readonly compact?: boolean
  /** Name of the file they can be saved as. */
  readonly fileName: string
  readonly onKept: () => void
}

/** Secrets the server will not say again, until the person has them. */
export function ShownOnce({ title, secrets, compact = false, fileName, onKept }: ShownOnceProps) {
  const region = useRef<HTMLElement>(null)
  useEffect(() => region.current?.focus(), [])
  const file = secrets.map(({ label, value }) => `${label}: ${value}\n`).join('')
  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-label={title}
      data-shown-once=""
      className="flex flex-col gap-2 rounded-lg border border-replay-line bg-replay-soft p-3 text-replay"
    >
      <p className="text-sm">
        <strong>{title}</strong> Shown this once: the server cannot say it again.
      </p>
      {compact ? <ManySecrets secrets={secrets} /> : <FewSecrets secrets={secrets} />}
      <div className="flex flex-wrap gap-2">
        {compact ? <CopyButton text={secrets.map(({ value }) => `${value}\n`).join('')} label="Copy all" /> : null}
        <Button onClick={() => saveFile(fileName, 'text/plain', file)}>Download</Button>
        <Button kind="primary" onClick={onKept}>
          I have kept it
        </Button>
      </div>
    </section>
  )
}

type Secrets = Pick<ShownOnceProps, 'secrets'>

function FewSecrets({ secrets }: Secrets) {
  return (
    <dl className="flex flex-col gap-1.5">
      {secrets.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-xs">{label}</dt>
          <dd className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <code className="min-w-0 flex-1 break-all rounded bg-surface px-2 py-1 text-ink">{value}</code>
            <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function ManySecrets({ secrets }: Secrets) {
  return (
    <ol className="grid grid-cols-2 gap-1.5 sm:grid-cols-5">
      {secrets.map(({ label, value }) => (
        <li key={label} className="rounded bg-surface px-2 py-1 text-center text-ink">
          <code>{value}</code>
        </li>
      ))}
    </ol>
  )
}
