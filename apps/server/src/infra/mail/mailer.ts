export interface MailMessage {
  /** One plain ASCII mailbox, `local@domain`; see `isMailAddress`. */
  readonly to: string
  /** Becomes one line: line ends and other control characters are spaces in it. */
  readonly subject: string
  readonly text: string
  /** The same for programs that show HTML. */
  readonly html?: string
}

/** Takes mails out of this server. */
export interface Mailer {
  /** False when this server sends no mail; `send` then rejects with `mail_not_configured`. */
  readonly isConfigured: boolean
  /**
   * Resolves when the next station has the mail. Rejects with `unavailable` when it does not take it, or not in time: then it may have
   * it nevertheless. Sent once, never again by itself. An address that is no plain mailbox is refused with `invalid_parameter`.
   */
  send(message: MailMessage): Promise<void>
}
