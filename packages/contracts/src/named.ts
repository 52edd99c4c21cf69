import { type Static, type TSchema, Type } from 'typebox'

/** Returns a `$ref` at run time and in OpenAPI that keeps the full static type. The schema must carry `$id` and be added to the app. */
export function named<T extends TSchema>(schema: T) {
  if (!('$id' in schema) || typeof schema.$id !== 'string') throw new TypeError('named() needs a schema with $id')
  return Type.Unsafe<Static<T>>(Type.Ref(schema.$id))
}
