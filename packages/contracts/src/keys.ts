import { type Static, Type } from 'typebox'
import { nullableTimestamp, shownOnce, timestamp } from './account-fields.ts'

export const keyScopes = ['market:read', 'portfolio:read', 'journal:read'] as const

const scopes = Type.Array(Type.Enum([...keyScopes]))

/** Body of POST /api/keys (fincrux.md §4.8). */
export const KeyBody = Type.Object({
  name: Type.String({ description: '1–60 characters after trimming, no control characters.' }),
  scopes: Type.Optional(Type.Array(Type.Enum([...keyScopes]), { minItems: 1, description: 'Default market:read.' })),
  expires_at: Type.Optional(nullableTimestamp('In the future, at most 366 days ahead; null, the default, is never')),
})
export type KeyBody = Static<typeof KeyBody>

const key = {
  id: Type.String(),
  name: Type.String(),
  prefix: Type.String({ description: 'First 8 characters, for recognition.' }),
  scopes,
  created_at: timestamp('Creation'),
  expires_at: nullableTimestamp('End'),
}

/** 201 of POST /api/keys, the only reply that has the key. */
export const NewKeyReply = Type.Object(
  { ...key, key: shownOnce('bny_ and 32 letters or digits.') },
  { $id: 'NewKeyReply' },
)
export type NewKeyReply = Static<typeof NewKeyReply>

/** Reply of GET /api/keys: live ones, newest first, and what the plan leaves. */
export const KeysReply = Type.Object(
  {
    keys: Type.Array(
      Type.Object({
        ...key,
        last_used_at: nullableTimestamp('Latest use, exact to 60 s'),
        usage_today: Type.Object({
          date: Type.String({ description: 'YYYY-MM-DD, IST.' }),
          data_calls: Type.Integer(),
          force_updates: Type.Integer(),
        }),
      }),
    ),
    plan: Type.Object({
      name: Type.Enum(['hobby', 'plus', 'unlimited']),
      limit: Type.Union([Type.Integer(), Type.Null()]),
      window: Type.Union([Type.Enum(['day', 'minute']), Type.Null()]),
      used: Type.Integer(),
      remaining: Type.Union([Type.Integer(), Type.Null()]),
      resets_at: nullableTimestamp('When a call is given back'),
      force_updates_left: Type.Union([Type.Integer(), Type.Null()], { description: 'Today; null when unlimited.' }),
    }),
  },
  { $id: 'KeysReply' },
)
export type KeysReply = Static<typeof KeysReply>
