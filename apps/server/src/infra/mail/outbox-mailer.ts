import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BanyanError, type Clock } from '@banyan/domain'
import MailComposer from 'nodemailer/lib/mail-composer'
import { composeMail } from './compose-mail.ts'
import type { Sender } from './mail-address.ts'
import type { Mailer } from './mailer.ts'
import { listMailNames, newMailName } from './outbox-names.ts'

export interface OutboxMailerParts {
  readonly folder: string
  readonly from: Sender
  readonly clock: Clock
  /** How many mails the folder keeps; the oldest go. Default 1,000. */
  readonly kept?: number
}

/**
 * Returns a mailer for development: each mail is one `.eml` file in a folder only its owner may open. For a server that listens on
 * loopback alone: whoever reads the folder can sign in as anybody.
 */
export function createOutboxMailer({ folder, from, clock, kept = 1_000 }: OutboxMailerParts): Mailer {
  const nextName = newMailName()
  return {
    isConfigured: true,
    async send(message) {
      const now = clock.now()
      const mail = composeMail(message, { from, now })
      try {
        const bytes = await new MailComposer(mail).compile().build()
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await storeWhole(folder, nextName(now), bytes)
        await removeOldest(folder, kept)
      } catch (cause) {
        throw new BanyanError('unavailable', { message: 'The mail could not be stored.', cause })
      }
    },
  }
}

/** A mail under its final name is complete and on disk, whenever the power goes. */
async function storeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const unfinished = join(folder, `${name}.${randomBytes(4).toString('hex')}.partial`)
  try {
    await writeDurably(unfinished, bytes)
    await rename(unfinished, join(folder, name))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await syncFolder(folder)
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function removeOldest(folder: string, kept: number): Promise<void> {
  for (const name of listMailNames(await readdir(folder)).slice(kept)) await rm(join(folder, name), { force: true })
}
