import { setTimeout as sleep } from 'node:timers/promises'
import { callFor } from './call.ts'

interface Outbox {
  readonly mails: readonly {
    readonly id: string
    readonly to: string
    readonly subject: string
    readonly text: string
  }[]
}

/** Reads the development outbox of a server. Each mail is given out once. */
export function createMailbox(origin: string) {
  const seen = new Set<string>()
  return {
    /** Waits for a mail to the address that matches and returns the first group of the match, of the newest such mail. */
    async next(to: string, pattern: RegExp): Promise<string> {
      for (let tries = 0; tries < 200; tries++) {
        const { mails } = (await callFor<Outbox>(200, origin, '/api/outbox?limit=100')).body
        const mail = mails.find((one) => one.to === to && !seen.has(one.id) && pattern.test(one.text))
        if (mail !== undefined) {
          seen.add(mail.id)
          return pattern.exec(mail.text)?.[1] ?? ''
        }
        await sleep(50)
      }
      throw new Error(`no mail to ${to} that matches ${pattern}`)
    },
  }
}

export type Mailbox = ReturnType<typeof createMailbox>

/** A code on a line of its own. */
export const mailedCode = /^\s*(\d{4}|\d{6})\s*$/m
