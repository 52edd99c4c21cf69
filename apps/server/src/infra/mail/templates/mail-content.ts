import { type Block, renderHtml, renderText } from './render-blocks.ts'

/** A mail but for its address. */
export interface MailContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Returns the mail made of the blocks, once as plain text and once as HTML. */
export function createContent(subject: string, blocks: readonly (Block | null)[]): MailContent {
  const shown = blocks.filter((block) => block !== null)
  return { subject, text: renderText(shown), html: renderHtml(subject, shown) }
}
