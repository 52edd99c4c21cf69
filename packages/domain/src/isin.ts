/**
 * Tells whether a text is an ISIN: two letters, nine letters or digits, a check digit (ISO 6166, Luhn over the
 * letters written as 10–35). Placeholders such as `DUM418H01029` fail here and make no instrument.
 */
export function isIsin(text: string): boolean {
  if (!/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text)) return false
  const digits = [...text].map((c) => Number.parseInt(c, 36)).join('')
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighted = i % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
