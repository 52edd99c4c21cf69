interface SmsMessage {
  /** E.164, such as `+919876543210`. */
  readonly to: string
  readonly text: string
}

/** Sends short messages to phones. */
export interface SmsSender {
  /** False when this server has no way to send one; `send` then rejects. */
  readonly isConfigured: boolean
  /**
   * Resolves when the gateway has taken the message. Rejects with `unavailable` when it refused it or did not answer in time: then the
   * message may have gone out nevertheless. Sent once, never again by itself.
   */
  send(message: SmsMessage): Promise<void>
}
