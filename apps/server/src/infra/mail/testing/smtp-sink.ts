import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { converse, type ReceivedMail, type Session, type SmtpFault } from './smtp-session.ts'

/** A mail server (RFC 5321) that keeps what it is given. */
export interface SmtpSink {
  /** `smtp://127.0.0.1:<port>`, or `smtps://`. */
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  /** Every command line of every connection, in order of arrival, without line ends; the lines of mails are not among them. */
  readonly commands: readonly string[]
  setFault(fault: SmtpFault): void
  openConnections(): number
  /** Resolves with the n-th mail, counting from 1, when it is there. */
  waitForMail(n: number): Promise<ReceivedMail>
  close(): Promise<void>
}

export interface SmtpSinkOptions {
  readonly tls?: { readonly key: string; readonly cert: string; readonly from: 'first-byte' | 'starttls' }
}

export async function createSmtpSink({ tls }: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  const mails: ReceivedMail[] = []
  const commands: string[] = []
  let fault: SmtpFault = 'none'
  const secure = (socket: Socket) => new TLSSocket(socket, { isServer: true, key: tls?.key, cert: tls?.cert })
  const session: Session = {
    fault: () => fault,
    commands,
    upgrade: tls?.from === 'starttls' ? secure : null,
    take(mail) {
      mails.push(mail)
      for (const look of [...waiting]) look()
    },
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (fault === 'refuse') socket.destroy()
    else if (fault !== 'hang') converse(tls?.from === 'first-byte' ? secure(socket) : socket, session)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `${tls?.from === 'first-byte' ? 'smtps' : 'smtp'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    commands,
    setFault(next) {
      fault = next
    },
    openConnections: () => sockets.size,
    waitForMail(n) {
      return new Promise((resolve) => {
        const look = () => {
          const mail = mails[n - 1]
          if (mail === undefined) return
          waiting.delete(look)
          resolve(mail)
        }
        waiting.add(look)
        look()
      })
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
