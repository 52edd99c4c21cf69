export type ContentCoding = 'br' | 'gzip' | 'identity'

const offered = ['br', 'gzip'] as const

/**
 * Returns the coding of a reply for an Accept-Encoding header (RFC 9110 §12.5.3): the first of ours the client takes, unpacked when
 * it takes neither.
 */
export function chooseCoding(header: string): ContentCoding {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  return offered.find((coding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0) ?? 'identity'
}
