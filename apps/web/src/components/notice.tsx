import type { ReactNode } from 'react'

interface NoticeProps {
  /** `empty`: there is nothing to show and nothing is wrong. `failed`: it could not be had. */
  readonly kind: 'empty' | 'failed'
  readonly title: string
  readonly children?: ReactNode
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** What a section shows instead of data, and what to do about it. */
export function Notice({ kind, title, children, action }: NoticeProps) {
  const failed = kind === 'failed'
  return (
    <div
      role={failed ? 'alert' : 'status'}
      data-notice={kind}
      className={`flex flex-1 flex-col items-center justify-center gap-1 rounded-lg border px-6 py-8 text-center ${
        failed ? 'border-warn bg-warn-soft' : 'border-dashed border-line'
      }`}
    >
      <p className={`font-semibold ${failed ? 'text-warn' : 'text-ink'}`}>
        <span aria-hidden="true">{failed ? '✕ ' : '○ '}</span>
        {title}
      </p>
      {children ? <div className="max-w-prose text-sm text-muted">{children}</div> : null}
      {action ? (
        <button
          type="button"
          onClick={action.run}
          className="mt-2 rounded-md border border-current px-3 py-1 text-sm font-medium"
        >
          {action.label}
        </button>
      ) : null}
    </div>
  )
}
