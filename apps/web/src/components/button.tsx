import type { ComponentProps } from 'react'

const looks = {
  primary: 'bg-ink text-surface hover:opacity-90',
  quiet: 'border border-line bg-surface text-ink hover:bg-raised',
  danger: 'border border-warn bg-surface text-warn hover:bg-warn-soft',
} as const

export type ButtonKind = keyof typeof looks

const shape = 'min-h-8 pointer-coarse:min-h-11 rounded-md px-3 py-1 text-sm font-medium'

/** For a link that stands among buttons and is to look like one. */
export const buttonLook = {
  primary: `inline-flex items-center ${shape} ${looks.primary}`,
  quiet: `inline-flex items-center ${shape} ${looks.quiet}`,
} as const

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: ButtonKind
}

/** A button that does something here; what leads elsewhere is a link. */
export function Button({ kind = 'quiet', type = 'button', className = '', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={`${shape} aria-disabled:cursor-default aria-disabled:opacity-60 ${looks[kind]} ${className}`}
      {...rest}
    />
  )
}
