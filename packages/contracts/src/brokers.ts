import { type Static, Type } from 'typebox'
import { nullableTimestamp, timestamp } from './account-fields.ts'
import { named } from './named.ts'

const credential = (description: string) => Type.String({ description: `${description} 1–512 printable characters.` })

export const BrokerParams = Type.Object({ broker: Type.String({ description: 'zerodha or icici.' }) })

const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

const BrokerFailure = Type.Object({
  at: timestamp('When it failed'),
  code: Type.String({ description: 'Of the one table of errors.' }),
  message: Type.String({ description: 'The sentence of that table, for people; nothing the broker said.' }),
})
export type BrokerFailure = Static<typeof BrokerFailure>

/** How things stand with one account at one broker (ours). */
export const BrokerLine = Type.Object(
  {
    broker: Type.String(),
    name: Type.String(),
    broker_account: nullableText('The broker’s own id of the account; null before the first sync.'),
    state: Type.Enum(['connected', 'signed_out', 'not_available']),
    reason: nullableText('Why the broker is not available; null where it is.'),
    expires_at: nullableTimestamp('End of the session'),
    last_success: nullableTimestamp('Last sync'),
    last_failure: Type.Union([BrokerFailure, Type.Null()], {
      description:
        'The last sync that failed since the last good one; null where none did, and after the server started anew.',
    }),
    budget_left: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Calls the broker lets the key make today; null without a session or such a limit.',
    }),
    sign_in_url: nullableText('Where one signs in; {api_key} stands for the key of the person’s own app.'),
  },
  { $id: 'BrokerLine' },
)
export type BrokerLine = Static<typeof BrokerLine>

export const BrokersReply = Type.Object({ brokers: Type.Array(named(BrokerLine)) }, { $id: 'BrokersReply' })
export type BrokersReply = Static<typeof BrokersReply>

/** Body of POST /api/brokers/{broker}/sign-in. */
export const BrokerSignInBody = Type.Object({ api_key: credential('Key of the person’s own app at the broker.') })
export type BrokerSignInBody = Static<typeof BrokerSignInBody>

export const BrokerSignInReply = Type.Object(
  {
    login_url: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds within which the code must come back.' }),
  },
  { $id: 'BrokerSignInReply' },
)
export type BrokerSignInReply = Static<typeof BrokerSignInReply>

/** Body of POST /api/brokers/{broker}/connect: with the code the broker gave, or the claim of one that came back by redirect. */
export const BrokerConnectBody = Type.Object({
  api_key: credential('Key of the person’s own app at the broker.'),
  api_secret: credential('Secret belonging to that key.'),
  request_token: Type.Optional(credential('Zerodha’s code.')),
  api_session: Type.Optional(credential('ICICI’s code.')),
  claim: Type.Optional(Type.String({ description: 'From the address the callback leads to; instead of the code.' })),
})
export type BrokerConnectBody = Static<typeof BrokerConnectBody>

/** Body of POST /api/brokers/{broker}/sync. */
export const BrokerSyncBody = Type.Object({
  broker_account: Type.Optional(Type.String({ description: 'Needed when two accounts at the broker are connected.' })),
})
export type BrokerSyncBody = Static<typeof BrokerSyncBody>

/** What a sync stored. */
export const BrokerSyncReply = Type.Object(
  {
    broker: Type.String(),
    broker_account: Type.String(),
    holdings_count: Type.Integer(),
    net_positions_count: Type.Integer(),
    day_positions_count: Type.Integer(),
    synced_at: timestamp('The sync'),
    snapshot_date: Type.String({ description: 'Trading day of the P&L snapshot it wrote.' }),
    warnings: Type.Array(Type.String()),
  },
  { $id: 'BrokerSyncReply' },
)
export type BrokerSyncReply = Static<typeof BrokerSyncReply>

/** Reply of GET /api/zerodha/status (stocktrendz.md §7.1). */
export const ZerodhaStatus = Type.Object(
  {
    configured: Type.Boolean(),
    valid: Type.Boolean(),
    expires_at: nullableTimestamp('End of the session'),
    checked_at: nullableTimestamp('Last look at it'),
  },
  { $id: 'ZerodhaStatus' },
)
export type ZerodhaStatus = Static<typeof ZerodhaStatus>

/** Reply of GET /api/icici/status (stocktrendz.md §7.2). */
export const IciciStatus = Type.Object(
  {
    configured: Type.Boolean(),
    valid: Type.Boolean(),
    activated_at: nullableTimestamp('Activation'),
    checked_at: nullableTimestamp('Last look at it'),
  },
  { $id: 'IciciStatus' },
)
export type IciciStatus = Static<typeof IciciStatus>

const secret = Type.Optional(Type.String({ description: 'The admin secret the operator has set.' }))

/** Body of POST /api/icici/activate (stocktrendz.md §7.3). */
export const IciciActivateBody = Type.Object({ api_session: credential('A fresh code.'), secret })
export type IciciActivateBody = Static<typeof IciciActivateBody>

/** Body of POST /api/zerodha/activate (ours, likewise). */
export const ZerodhaActivateBody = Type.Object({ request_token: credential('A fresh code.'), secret })
export type ZerodhaActivateBody = Static<typeof ZerodhaActivateBody>

export const ActivatedReply = Type.Object(
  { valid: Type.Literal(true), activated_at: timestamp('Activation') },
  { $id: 'ActivatedReply' },
)
export type ActivatedReply = Static<typeof ActivatedReply>
