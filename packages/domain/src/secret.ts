/**
 * Holds a value that must never be printed. Every way of turning it into text gives `[redacted]`; only `reveal()` gives the
 * value, so a review can list all the places that use it.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  /** Node's console and assert use this; the symbol is registered, so no Node import is needed. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]'
  }
}
