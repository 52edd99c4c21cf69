/** Returns the number as the vendor writes it in most places: a text, at most two decimals. */
export function figure(value: number): string {
  return String(rupees(value))
}

/** Returns the amount to the paisa. */
export function rupees(value: number): number {
  return Math.round(value * 100) / 100
}
