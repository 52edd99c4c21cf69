/**
 * Returns the SVG path of a line through `values`, oldest first, that fills a box of `width` × `height` with `inset` free
 * above and below; equal values lie in the middle. Fewer than two values give the empty path.
 */
export function sparklinePath(values: readonly number[], width: number, height: number, inset = 2): string {
  if (values.length < 2) return ''
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = width / (values.length - 1)
  const y = (value: number) =>
    span === 0 ? height / 2 : height - inset - ((value - low) / span) * (height - 2 * inset)
  return values.map((value, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`).join('')
}
