import { type Static, Type } from 'typebox'

/** Body of every non-2xx answer under /api (stocktrendz.md §2.4). `message`, `error` and `msg` are the same text. */
export const ErrorBody = Type.Object(
  {
    success: Type.Literal('false'),
    message: Type.String(),
    error: Type.String(),
    msg: Type.String(),
    code: Type.String(),
    details: Type.Optional(Type.Array(Type.Object({ field: Type.String(), reason: Type.String() }))),
    request_id: Type.String(),
  },
  { $id: 'Error' },
)
export type ErrorBody = Static<typeof ErrorBody>
