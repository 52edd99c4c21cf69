import { plainValue } from './plain-value.ts'

/** A part of a mail. Sentences are ours; the values of facts may come from anybody. */
export type Block =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }

export function sentence(text: string): Block {
  return { kind: 'sentence', text }
}

/** Returns a link to a page of ours; throws when the address is not one a browser opens. */
export function link(label: string, address: string): Block {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('a link of a mail must be http or https')
  return { kind: 'link', label, url: url.href }
}

export function renderText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n\n-- \nBanyan\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'sentence':
      return block.text
    case 'code':
      return `    ${block.code}`
    case 'link':
      return `${block.label}:\n${block.url}`
    case 'facts':
      return block.facts.map(([name, value]) => `${name}: ${plainValue(value)}`).join('\n')
  }
}

/** No pictures, no fonts, no styles from elsewhere: opening the mail tells nobody anything. */
export function renderHtml(title: string, blocks: readonly Block[]): string {
  const body = blocks.map(blockHtml).join('\n')
  return `<!doctype html>
<html lang="en-IN">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body style="font-family: sans-serif; max-width: 36em; margin: 2em auto; padding: 0 1em; line-height: 1.5">
${body}
<p style="color: #666">Banyan</p>
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'sentence':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'code':
      return `<p style="font-size: 1.6em; letter-spacing: 0.1em"><strong>${escapeHtml(block.code)}</strong></p>`
    case 'link':
      return `<p><a href="${escapeHtml(block.url)}">${escapeHtml(block.label)}</a><br>${escapeHtml(block.url)}</p>`
    case 'facts':
      return `<p>${block.facts.map(([name, value]) => `${escapeHtml(name)}: ${escapeHtml(plainValue(value))}`).join('<br>')}</p>`
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
