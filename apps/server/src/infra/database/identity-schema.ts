import type { Generated } from 'kysely'
import type {
  OtpChannel,
  Plan,
  Role,
  StepKind,
  StoredAuditEvent,
  StoredBearer,
  Surface,
} from '../../modules/identity/index.ts'

/** The tables of the identity store. Times are epoch ms, flags 0 or 1, lists and records JSON. */
export interface IdentitySchema {
  accounts: AccountsTable
  applications: ApplicationsTable
  bearers: BearersTable
  /** Who signs in through which application without an access code. */
  access_code_waivers: { application_id: string; account_id: number }
  sessions: SessionsTable
  api_keys: ApiKeysTable
  totp_secrets: TotpSecretsTable
  recovery_codes: { account_id: number; code_mac: string; used_at: number | null }
  devices: DevicesTable
  device_tokens: { token_hash: string; account_id: number; created_at: number; expires_at: number }
  passkeys: PasskeysTable
  sso_links: { id: string; account_id: number; issuer: string; subject: string; linked_at: number }
  steps: StepsTable
  codes: CodesTable
  guess_counters: GuessCountersTable
  audit_events: AuditEventsTable
}

interface AccountsTable {
  id: Generated<number>
  email: string
  name: string | null
  mobile: string | null
  client_code: string
  role: Role
  plan: Plan
  password_hash: string | null
  password_changed_at: number | null
  mpin_hash: string | null
  otp_channel: OtpChannel
  otp_beside_totp: number
  disabled_at: number | null
  created_at: number
  last_sign_in_at: number | null
}

interface ApplicationsTable {
  id: string
  account_id: number
  name: string
  consumer_key: string
  secret_hash: string
  is_enabled: number
  created_at: number
  last_used_at: number | null
}

interface BearersTable {
  token_hash: string
  application_id: string
  kind: StoredBearer['kind']
  created_at: number
  expires_at: number
}

interface SessionsTable {
  id: string
  account_id: number
  surface: Surface
  application_id: string | null
  token_hash: string | null
  created_at: number
  last_seen_at: number
  expires_at: number
  ended_at: number | null
  end_reason: string | null
  address: string
  user_agent: string | null
  device_facts: string | null
  refresh_hash: string | null
  refresh_issued_at: number | null
  previous_refresh_hash: string | null
}

interface ApiKeysTable {
  id: string
  account_id: number
  name: string
  key_hash: string
  prefix: string
  scopes: string
  created_at: number
  expires_at: number | null
  last_used_at: number | null
}

interface TotpSecretsTable {
  account_id: number
  secret: string | null
  last_step: number
  pending_secret: string | null
  pending_until: number | null
}

interface DevicesTable {
  id: string
  account_id: number
  udid_mac: string
  label: string | null
  trusted_at: number | null
  registered_at: number
  last_used_at: number | null
}

interface PasskeysTable {
  id: string
  account_id: number
  credential_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  created_at: number
  last_used_at: number | null
}

interface StepsTable {
  token_hash: string
  kind: StepKind
  account_id: number | null
  application_id: string | null
  code_mac: string | null
  facts: string
  created_at: number
  expires_at: number
  failures: number
  used_at: number | null
}

interface CodesTable {
  subject: string
  purpose: string
  code_mac: string | null
  issued_at: number
  expires_at: number
  tries: number
  used_at: number | null
}

/**
 * `over_at` is when the counter counts as empty again: the end of its lock, or of its window while it is not locked.
 * A time that never comes is {@link never}.
 */
interface GuessCountersTable {
  bucket: string
  guesses: number
  is_locked: number
  window_ends_at: number
  over_at: number
}

/** Later than every time; a number, because an unknown end would compare with nothing. */
export const never = Number.MAX_SAFE_INTEGER

interface AuditEventsTable {
  id: Generated<number>
  at: number
  account_id: number | null
  action: string
  outcome: StoredAuditEvent['outcome']
  surface: Surface
  address: string | null
  user_agent: string | null
  request_id: string | null
  facts: string
}
