import type { AuditReply } from '@banyan/client'

type AuditEvent = AuditReply['events'][number]

const done: Readonly<Record<string, string>> = {
  account_exported: 'Everything kept was exported',
  account_locked: 'Account locked by the owner of this server',
  account_unlocked: 'Account unlocked',
  application_changed: 'Application changed',
  application_created: 'Application made',
  application_removed: 'Application removed',
  application_token_created: 'Token of an application made',
  code_sent: 'Code sent',
  device_registered: 'Device registered',
  device_removed: 'Device removed',
  device_trusted: 'Device trusted',
  email_changed: 'E-mail address changed',
  invitation_created: 'Invitation made',
  key_created: 'API key made',
  key_removed: 'API key removed',
  mpin_removed: 'MPIN removed',
  mpin_set: 'MPIN set',
  otp_changed: 'Where codes go was changed',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  password_changed: 'Password changed',
  profile_changed: 'Profile changed',
  recovery_codes_replaced: 'Recovery codes replaced',
  refresh_reused: 'A spent token came back',
  registered: 'Account made',
  reset_link_sent: 'Password link sent',
  role_changed: 'Role changed',
  second_factor: 'Second factor',
  sign_in: 'Signed in',
  sso_linked: 'Single sign-on linked',
  sso_unlinked: 'Single sign-on unlinked',
  totp_disabled: 'Authenticator switched off',
  totp_enabled: 'Authenticator switched on',
}

const refused: Readonly<Record<string, string>> = {
  refresh_reused: 'A spent token came back: the session was ended',
  second_factor: 'Wrong second factor',
  sign_in: 'Sign-in refused',
}

/** Returns what happened in words; an action of a newer server by its own name. */
export function auditWords({ action, outcome }: Pick<AuditEvent, 'action' | 'outcome'>): string {
  const words = done[action] ?? action.replaceAll('_', ' ')
  return outcome === 'done' ? words : (refused[action] ?? `Refused: ${words}`)
}

/** Returns the facts beside an event, `factor: password, reason: wrong`; ids of ours mean nothing to a person and stay out. */
export function auditFacts(facts: AuditEvent['facts']): string {
  const readable = Object.entries(facts).filter(([, value]) => !/^[a-z]{3}_[\w-]+$/.test(String(value)))
  return readable.map(([name, value]) => `${name.replaceAll('_', ' ')}: ${value}`).join(', ')
}
