const dayS = 86_400

/**
 * Returns the whole seconds a vendor asks to wait, 1 to a day: what the adapter made of the answer, else the header. A date in the header is
 * not used, since it needs the vendor's clock. Null when neither says anything.
 */
export function retryAfterOf(fromAdapter: number | null, header: string | undefined): number | null {
  const seconds = fromAdapter ?? (/^\s*\d{1,9}\s*$/.test(header ?? '') ? Number(header) : Number.NaN)
  return Number.isNaN(seconds) ? null : Math.min(dayS, Math.max(1, Math.ceil(seconds)))
}
