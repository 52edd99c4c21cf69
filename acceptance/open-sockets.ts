import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** An end of a connection, or a listener, as the kernel lists it. */
export interface OpenSocket {
  readonly protocol: string
  readonly local: string
  readonly remote: string
  readonly isListening: boolean
}

const protocols = ['tcp', 'tcp6', 'udp', 'udp6'] as const
/** proc_pid_net(5): the state TCP_LISTEN. */
const listening = '0A'

/** Returns the internet sockets of one process; Linux only. `/proc/<pid>/net` lists those of everybody, so they are told by inode. */
export function openSockets(pid: number): readonly OpenSocket[] {
  const own = socketInodes(pid)
  return protocols.flatMap((protocol) =>
    readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => own.has(fields[9] ?? ''))
      .map(([, local = '', remote = '', state]) => ({
        protocol,
        local: toAddress(local),
        remote: toAddress(remote),
        isListening: state === listening && protocol.startsWith('tcp'),
      })),
  )
}

/** Tells addresses only this machine reaches, and the empty one of a socket that is connected to nothing. */
export function staysHere(address: string): boolean {
  return /^(127\.|0\.0\.0\.0:0$|\[::1\]:|\[::ffff:7f|\[::\]:0$)/.test(address)
}

function socketInodes(pid: number): ReadonlySet<string> {
  const inodes = new Set<string>()
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${descriptor}`))?.[1]
    if (inode !== undefined) inodes.add(inode)
  }
  return inodes
}

/** A descriptor may be closed between being listed and being read. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** The kernel writes addresses as hexadecimal words in the machine's byte order, little-endian wherever Banyan runs. */
function toAddress(text: string): string {
  const [words = '', port = '0'] = text.split(':')
  const bytes = Buffer.from(words, 'hex')
  bytes.swap32()
  const number = Number.parseInt(port, 16)
  if (bytes.length === 4) return `${bytes.join('.')}:${number}`
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16))
  return `${new URL(`http://[${groups.join(':')}]`).hostname}:${number}`
}
