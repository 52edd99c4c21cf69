import { type Static, Type } from 'typebox'
import { nullableTimestamp, shownOnce, timestamp } from './account-fields.ts'
import { named } from './named.ts'

const days = (description: string) => Type.Integer({ minimum: 1, maximum: 365, description })

/** Body of POST /api/applications (ours). */
export const ApplicationBody = Type.Object({
  name: Type.String({ description: '1–60 characters after trimming, no control characters.' }),
  access_token_days: Type.Optional(days('Life of the access token; default 30.')),
})
export type ApplicationBody = Static<typeof ApplicationBody>

export const ApplicationPatchBody = Type.Object({
  enabled: Type.Optional(
    Type.Boolean({ description: 'False: its sessions and tokens are refused from the next request on.' }),
  ),
  no_access_code: Type.Optional(
    Type.Boolean({ description: "The owner's own sign-ins through it need no access code (kotak.md §5.6)." }),
  ),
})
export type ApplicationPatchBody = Static<typeof ApplicationPatchBody>

const application = {
  id: Type.String(),
  name: Type.String(),
  consumer_key: Type.String(),
  enabled: Type.Boolean(),
  no_access_code: Type.Boolean(),
  created_at: timestamp('Creation'),
  last_used_at: nullableTimestamp('Latest sign-in or token'),
  live_tokens: Type.Integer({ minimum: 0 }),
}

export const Application = Type.Object(application, { $id: 'Application' })
export type Application = Static<typeof Application>

/** 201 of POST /api/applications. */
export const NewApplicationReply = Type.Object(
  {
    ...application,
    consumer_secret: shownOnce('Secret of the application.'),
    access_token: shownOnce('Its first bearer.'),
    access_token_expires_at: timestamp('End of the bearer'),
  },
  { $id: 'NewApplicationReply' },
)
export type NewApplicationReply = Static<typeof NewApplicationReply>

export const ApplicationsReply = Type.Object(
  { applications: Type.Array(named(Application)) },
  { $id: 'ApplicationsReply' },
)
export type ApplicationsReply = Static<typeof ApplicationsReply>

export const ApplicationTokenBody = Type.Object({ days: days('Life of the token.') })
export const ApplicationTokenReply = Type.Object(
  { access_token: shownOnce('A bearer of the application.'), expires_at: timestamp('End') },
  { $id: 'ApplicationTokenReply' },
)
export type ApplicationTokenReply = Static<typeof ApplicationTokenReply>
