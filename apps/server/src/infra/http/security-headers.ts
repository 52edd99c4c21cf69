/** Nothing below an API is a document: no script, style, frame or form of it may run. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The web app: everything from here, nothing inline. `data:` images are the chart library's and the icons'. */
export const webPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * The API browser. Swagger UI sets inline style attributes and one `<style>` while it draws; scripts stay files of ours.
 */
export const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Headers of every reply, errors included, flat for `writeHead`. @fastify/helmet is not used: its defaults allow inline styles
 * and upgrade plain-HTTP networks to https, and what is left after switching those off is this list.
 */
export const securityHeaders: readonly string[] = [
  'x-content-type-options',
  'nosniff',
  'referrer-policy',
  'no-referrer',
  'content-security-policy',
  apiPolicy,
]

/** One year; sent on encrypted connections only, since a browser that saw it refuses plain HTTP afterwards. */
export const strictTransport: readonly string[] = ['strict-transport-security', 'max-age=31536000']
