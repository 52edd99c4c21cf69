import type { ErrorBody } from '@banyan/contracts'

/** Returns a reply's JSON as the type the test expects; tests that doubt it check it against the schema. */
export async function bodyOf<T = ErrorBody>(reply: { json(): Promise<unknown> }): Promise<T> {
  return (await reply.json()) as T
}
