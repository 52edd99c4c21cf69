import { isIP } from 'node:net'

/** Where and how to hand mails over. */
export interface SmtpAddress {
  readonly host: string
  readonly port: number
  /** True: TLS from the first byte. False: STARTTLS. */
  readonly isImplicitTls: boolean
  readonly login: { readonly user: string; readonly password: string } | null
}

const defaultPorts = { 'smtp:': 587, 'smtps:': 465 } as const

/** Returns the address of `smtp://user:password@host:port` or `smtps://…`, or null when the text is none of them. */
export function parseSmtpAddress(text: string): SmtpAddress | null {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) return null
  if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') return null
  const [user, password] = [decode(url.username), decode(url.password)]
  if (user === null || password === null || (user === '') !== (password === '')) return null
  return {
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? defaultPorts[url.protocol] : Number(url.port),
    isImplicitTls: url.protocol === 'smtps:',
    login: user === '' ? null : { user, password },
  }
}

/** Tells whether a host is this machine: the only one mails may go to in clear. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
