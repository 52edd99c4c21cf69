import type { Language } from '../../../lib/developers-search.ts'

/** What a snippet is filled in with. Everything is put between quotes as it is, so none may have a quote or a backslash. */
export interface SnippetValues {
  /** Of this server, `https://banyan.example`. */
  readonly origin: string
  readonly apiKey: string
  readonly email: string
  readonly password: string
  readonly clientCode: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** Bearer of the application. */
  readonly accessToken: string
}

/** Names in place of what only the reader has. */
export const placeholders: Omit<SnippetValues, 'origin'> = {
  apiKey: 'YOUR_API_KEY',
  email: 'YOUR_EMAIL',
  password: 'YOUR_PASSWORD',
  clientCode: 'YOUR_CLIENT_CODE',
  consumerKey: 'YOUR_CONSUMER_KEY',
  consumerSecret: 'YOUR_CONSUMER_SECRET',
  accessToken: 'YOUR_ACCESS_TOKEN',
}

/** A whole program for one task, once per language. */
export type Snippet = {
  readonly id: string
  readonly title: string
  /** What the reader must have before it works, and what it does that one would not expect. */
  readonly note: string
  /** What an API key must be allowed for it; null where it takes no key. */
  readonly scope: 'portfolio:read' | 'journal:read' | null
} & Readonly<Record<Language, (values: SnippetValues) => string>>
