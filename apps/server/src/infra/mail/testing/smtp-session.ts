import type { Socket } from 'node:net'

/**
 * What a mail server can do instead of taking a mail: cut the connection at once, never say a word, never answer the mail itself, say
 * 451 or 550 to the recipient, cut the connection in the middle of the mail.
 */
export type SmtpFault = 'none' | 'refuse' | 'hang' | 'hang-after-data' | 'temporary' | 'permanent' | 'close-mid-data'

export interface ReceivedMail {
  /** Envelope addresses as they were given, without angle brackets. */
  readonly from: string
  readonly to: readonly string[]
  /** The mail as sent, doubled dots undone; lines end with CRLF. */
  readonly source: string
  readonly isEncrypted: boolean
  /** What AUTH PLAIN gave, as `user password`; null without it. */
  readonly login: string | null
}

/** What all conversations with one sink share. */
export interface Session {
  fault(): SmtpFault
  readonly commands: string[]
  /** Turns a connection into an encrypted one; null when STARTTLS is not offered. */
  readonly upgrade: ((socket: Socket) => Socket) | null
  take(mail: ReceivedMail): void
}

/** Speaks the server's part of RFC 5321 on one connection until the client leaves. */
export function converse(socket: Socket, session: Session): void {
  socket.write('220 sink.test ESMTP\r\n')
  listen(socket, session, false)
}

interface State {
  from: string
  to: string[]
  login: string | null
  isInMail: boolean
}

function listen(socket: Socket, session: Session, isUpgraded: boolean): void {
  const state: State = { from: '', to: [], login: null, isInMail: false }
  const isEncrypted = isUpgraded || 'encrypted' in socket
  let unread = ''
  const onData = (chunk: Buffer) => {
    unread += chunk.toString('latin1')
    for (;;) {
      if (state.isInMail && unread !== '' && session.fault() === 'close-mid-data') return void socket.destroy()
      const end = unread.indexOf(state.isInMail ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const text = unread.slice(0, end)
      unread = unread.slice(end + (state.isInMail ? 5 : 2))
      if (state.isInMail) endMail(text)
      else if (answer(text) === 'upgrade') return
    }
  }
  const endMail = (text: string) => {
    state.isInMail = false
    if (session.fault() === 'hang-after-data') return
    const source = `${text}\r\n`.replaceAll(/(^|\r\n)\.\./g, '$1.')
    const { from, to, login } = state
    session.take({ from, to, login, isEncrypted, source: Buffer.from(source, 'latin1').toString('utf8') })
    socket.write('250 taken\r\n')
  }
  const answer = (line: string): 'upgrade' | 'go on' => {
    session.commands.push(line)
    if (line.toUpperCase() === 'STARTTLS' && session.upgrade && !isEncrypted) {
      socket.off('data', onData)
      socket.write('220 go ahead\r\n')
      const secured = session.upgrade(socket)
      secured.on('error', () => socket.destroy())
      listen(secured, session, true)
      return 'upgrade'
    }
    socket.write(`${replyTo(line, state, session, isEncrypted)}\r\n`)
    if (line.toUpperCase() === 'QUIT') socket.end()
    return 'go on'
  }
  socket.on('data', onData)
  socket.on('error', () => socket.destroy())
}

function replyTo(line: string, state: State, session: Session, isEncrypted: boolean): string {
  const [verb = ''] = line.toUpperCase().split(/[ :]/)
  const address = /^[A-Z]+ (?:FROM|TO):<([^>]*)>/i.exec(line)?.[1] ?? ''
  switch (verb) {
    case 'EHLO':
      return ['250-sink.test', ...(session.upgrade && !isEncrypted ? ['250-STARTTLS'] : []), '250 AUTH PLAIN'].join(
        '\r\n',
      )
    case 'AUTH':
      state.login = Buffer.from(line.slice('AUTH PLAIN '.length), 'base64')
        .toString('utf8')
        .split('\0')
        .join(' ')
        .trim()
      return '235 welcome'
    case 'MAIL':
      Object.assign(state, { from: address, to: [] })
      return '250 ok'
    case 'RCPT':
      if (session.fault() === 'temporary') return '451 try again later'
      if (session.fault() === 'permanent') return '550 no such mailbox'
      state.to.push(address)
      return '250 ok'
    case 'DATA':
      state.isInMail = true
      return '354 go ahead'
    case 'QUIT':
      return '221 bye'
    default:
      return '500 unknown command'
  }
}
