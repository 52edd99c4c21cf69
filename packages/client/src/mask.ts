/** Where Node's `util.inspect`, and with it `console.log`, looks for an object's own picture of itself. */
export const inspectSymbol: unique symbol = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/** Returns what JSON and logs show of a secret: that there is one, not even how long it is. */
export const masked = (secret: string | null | undefined): '***' | undefined =>
  secret === null || secret === undefined ? undefined : '***'

type Inspect = (value: unknown, options: unknown) => string

/** Returns the picture of an object for `util.inspect`: its name and what its `toJSON` shows. */
export const inspected = (name: string, shown: object, options: unknown, inspect: Inspect): string =>
  `${name} ${inspect(shown, options)}`
