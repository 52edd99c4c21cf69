import type { IdentityReads, IdentityStore, IdentityTransaction } from '../../../modules/identity/index.ts'
import type { Database } from '../database.ts'
import { accountReads, accountWrites } from './account-rows.ts'
import { applicationReads, applicationWrites } from './application-rows.ts'
import { auditReads, auditWrites } from './audit-rows.ts'
import { bearerReads, bearerWrites } from './bearer-rows.ts'
import { codeReads, codeWrites } from './code-rows.ts'
import { accountRemoval } from './delete-account.ts'
import { deviceReads, deviceWrites } from './device-rows.ts'
import { deviceTokenReads, deviceTokenWrites } from './device-tokens.ts'
import type { Reader, Writer } from './executors.ts'
import { factorSummaryReads } from './factor-summary.ts'
import { guessWrites } from './guess-counters.ts'
import { createHotReads } from './hot-reads.ts'
import { keyReads, keyWrites } from './key-rows.ts'
import { passkeyReads, passkeyWrites } from './passkey-rows.ts'
import { purge } from './purge.ts'
import { recoveryCodeWrites } from './recovery-codes.ts'
import { sessionReads, sessionWrites } from './session-rows.ts'
import { ssoLinkReads, ssoLinkWrites } from './sso-links.ts'
import { standingReads } from './standing-rows.ts'
import { stepReads, stepWrites } from './step-rows.ts'
import { totpReads, totpWrites } from './totp-rows.ts'

/** Creates the identity store: the same statements on both engines, and a credential's look-up on the short way. */
export function createIdentityStore(database: Database): IdentityStore {
  const { engine } = database
  return {
    reads: { ...readsOver(database.reader), ...createHotReads(database) },
    atomically: (work) => database.transact((trx) => work(transactionOver({ trx, engine }))),
    purge: (now, auditMs) => purge(database, now, auditMs),
    claimSetting: (name, fresh) => claimSetting(database, name, fresh),
  }
}

function readsOver(reader: Reader): IdentityReads {
  return {
    ...accountReads(reader),
    ...factorSummaryReads(reader),
    ...standingReads(reader),
    ...sessionReads(reader),
    ...keyReads(reader),
    ...applicationReads(reader),
    ...bearerReads(reader),
    ...totpReads(reader),
    ...deviceReads(reader),
    ...deviceTokenReads(reader),
    ...passkeyReads(reader),
    ...ssoLinkReads(reader),
    ...stepReads(reader),
    ...codeReads(reader),
    ...auditReads(reader),
  }
}

function transactionOver(writer: Writer): IdentityTransaction {
  return {
    ...readsOver(writer.trx),
    ...accountWrites(writer),
    ...accountRemoval(writer),
    ...guessWrites(writer),
    ...sessionWrites(writer),
    ...keyWrites(writer),
    ...applicationWrites(writer),
    ...bearerWrites(writer),
    ...totpWrites(writer),
    ...recoveryCodeWrites(writer),
    ...deviceWrites(writer),
    ...deviceTokenWrites(writer),
    ...passkeyWrites(writer),
    ...ssoLinkWrites(writer),
    ...stepWrites(writer),
    ...codeWrites(writer),
    ...auditWrites(writer),
  }
}

/** Of several that store a value at once, all get the one that came first. */
async function claimSetting({ transact }: Database, name: string, fresh: string): Promise<string> {
  return transact(async (trx) => {
    const claiming = trx.insertInto('settings').values({ name, value: fresh })
    await claiming.onConflict((conflict) => conflict.column('name').doNothing()).execute()
    const row = await trx.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow()
    return row.value
  })
}
