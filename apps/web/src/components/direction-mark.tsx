const looks = {
  bullish: { sign: '▲', className: 'text-up' },
  bearish: { sign: '▼', className: 'text-down' },
  neutral: { sign: '●', className: 'text-muted' },
} as const

/** Which way a pattern points: sign, colour, and the word for whoever sees neither. */
export function DirectionMark({ direction }: { readonly direction: keyof typeof looks }) {
  const { sign, className } = looks[direction]
  return (
    <span className={className}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">{direction}</span>
    </span>
  )
}
