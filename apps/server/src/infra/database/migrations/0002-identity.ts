import type { Migration } from './migration.ts'

export const identity: Migration = {
  name: '0002-identity',
  statements: (t) => {
    const account = `${t.int64} not null references accounts (id) on delete cascade`
    const application = `${t.text} not null references applications (id) on delete cascade`
    return [
      // An account's number stands in names of codes and counters, so it must not come back with another account.
      `create table accounts (
        id ${t.lastingIdentity},
        email ${t.text} not null unique,
        name ${t.text},
        mobile ${t.text},
        client_code ${t.text} not null unique,
        role ${t.text} not null,
        plan ${t.text} not null,
        password_hash ${t.text},
        password_changed_at ${t.int64},
        mpin_hash ${t.text},
        otp_channel ${t.text} not null,
        otp_beside_totp integer not null,
        disabled_at ${t.int64},
        created_at ${t.int64} not null,
        last_sign_in_at ${t.int64}
      ) ${t.tableEnd}`,
      `create table applications (
        id ${t.text} not null primary key,
        account_id ${account},
        name ${t.text} not null,
        consumer_key ${t.text} not null unique,
        secret_hash ${t.text} not null,
        is_enabled integer not null,
        created_at ${t.int64} not null,
        last_used_at ${t.int64}
      ) ${t.clusteredTableEnd}`,
      'create index applications_of_account on applications (account_id)',
      `create table bearers (
        token_hash ${t.text} not null primary key,
        application_id ${application},
        kind ${t.text} not null,
        created_at ${t.int64} not null,
        expires_at ${t.int64} not null
      ) ${t.clusteredTableEnd}`,
      'create index bearers_of_application on bearers (application_id)',
      'create index bearers_by_end on bearers (expires_at)',
      `create table access_code_waivers (
        application_id ${application},
        account_id ${account},
        primary key (application_id, account_id)
      ) ${t.clusteredTableEnd}`,
      `create table sessions (
        id ${t.text} not null primary key,
        account_id ${account},
        surface ${t.text} not null,
        application_id ${t.text} references applications (id) on delete set null,
        token_hash ${t.text} unique,
        created_at ${t.int64} not null,
        last_seen_at ${t.int64} not null,
        expires_at ${t.int64} not null,
        ended_at ${t.int64},
        end_reason ${t.text},
        address ${t.text} not null,
        user_agent ${t.text},
        device_facts ${t.text},
        refresh_hash ${t.text},
        refresh_issued_at ${t.int64},
        previous_refresh_hash ${t.text}
      ) ${t.clusteredTableEnd}`,
      'create index sessions_of_account on sessions (account_id)',
      'create index sessions_of_application on sessions (application_id) where application_id is not null',
      'create index sessions_by_end on sessions (expires_at)',
      'create index sessions_by_early_end on sessions (ended_at) where ended_at is not null',
      `create table api_keys (
        id ${t.text} not null primary key,
        account_id ${account},
        name ${t.text} not null,
        key_hash ${t.text} not null unique,
        prefix ${t.text} not null,
        scopes ${t.text} not null,
        created_at ${t.int64} not null,
        expires_at ${t.int64},
        last_used_at ${t.int64}
      ) ${t.clusteredTableEnd}`,
      'create index api_keys_of_account on api_keys (account_id)',
      `create table totp_secrets (
        account_id ${account} primary key,
        secret ${t.text},
        last_step ${t.int64} not null,
        pending_secret ${t.text},
        pending_until ${t.int64}
      ) ${t.clusteredTableEnd}`,
      `create table recovery_codes (
        account_id ${account},
        code_mac ${t.text} not null,
        used_at ${t.int64},
        primary key (account_id, code_mac)
      ) ${t.clusteredTableEnd}`,
      `create table devices (
        id ${t.text} not null primary key,
        account_id ${account},
        udid_mac ${t.text} not null,
        label ${t.text},
        trusted_at ${t.int64},
        registered_at ${t.int64} not null,
        last_used_at ${t.int64},
        unique (account_id, udid_mac)
      ) ${t.clusteredTableEnd}`,
      `create table device_tokens (
        token_hash ${t.text} not null primary key,
        account_id ${account},
        created_at ${t.int64} not null,
        expires_at ${t.int64} not null
      ) ${t.clusteredTableEnd}`,
      'create index device_tokens_of_account on device_tokens (account_id)',
      'create index device_tokens_by_end on device_tokens (expires_at)',
      `create table passkeys (
        id ${t.text} not null primary key,
        account_id ${account},
        credential_id ${t.text} not null unique,
        public_key ${t.text} not null,
        counter ${t.int64} not null,
        transports ${t.text} not null,
        name ${t.text} not null,
        created_at ${t.int64} not null,
        last_used_at ${t.int64}
      ) ${t.clusteredTableEnd}`,
      'create index passkeys_of_account on passkeys (account_id)',
      `create table sso_links (
        id ${t.text} not null primary key,
        account_id ${account},
        issuer ${t.text} not null,
        subject ${t.text} not null,
        linked_at ${t.int64} not null,
        unique (issuer, subject)
      ) ${t.clusteredTableEnd}`,
      'create index sso_links_of_account on sso_links (account_id)',
      `create table steps (
        token_hash ${t.text} not null primary key,
        kind ${t.text} not null,
        account_id ${t.int64} references accounts (id) on delete cascade,
        application_id ${t.text} references applications (id) on delete cascade,
        code_mac ${t.text},
        facts ${t.text} not null,
        created_at ${t.int64} not null,
        expires_at ${t.int64} not null,
        failures integer not null,
        used_at ${t.int64}
      ) ${t.clusteredTableEnd}`,
      'create index steps_of_account on steps (account_id) where account_id is not null',
      'create index steps_by_end on steps (expires_at)',
      `create table codes (
        subject ${t.text} not null,
        purpose ${t.text} not null,
        code_mac ${t.text},
        issued_at ${t.int64} not null,
        expires_at ${t.int64} not null,
        tries integer not null,
        used_at ${t.int64},
        primary key (subject, purpose)
      ) ${t.clusteredTableEnd}`,
      'create index codes_by_end on codes (expires_at)',
      `create table guess_counters (
        bucket ${t.text} not null primary key,
        guesses integer not null,
        is_locked integer not null,
        window_ends_at ${t.int64} not null,
        over_at ${t.int64} not null
      ) ${t.clusteredTableEnd}`,
      'create index guess_counters_by_end on guess_counters (over_at)',
      `create table audit_events (
        id ${t.lastingIdentity},
        at ${t.int64} not null,
        account_id ${t.int64} references accounts (id) on delete set null,
        action ${t.text} not null,
        outcome ${t.text} not null,
        surface ${t.text} not null,
        address ${t.text},
        user_agent ${t.text},
        request_id ${t.text},
        facts ${t.text} not null
      ) ${t.tableEnd}`,
      'create index audit_events_of_account on audit_events (account_id, id) where account_id is not null',
      'create index audit_events_by_time on audit_events (at)',
    ]
  },
}
