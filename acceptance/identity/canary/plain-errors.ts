import type { Trace } from './secret-search.ts'

/** What tells of statements, files and libraries behind a server. */
const inside = [
  /\bselect\b.+\bfrom\b/i,
  /\binsert into\b/i,
  /no such table|relation "|SQLITE_|constraint failed/i,
  /\.(ts|js|mjs):\d/,
  /node_modules|node:internal|\/apps\/server\//,
]

/** Returns the failed replies that have no request id, or tell what is behind the server (quality bar E1). */
export function findTalkative(replies: readonly Trace[]): readonly string[] {
  return replies
    .filter(({ place }) => /^reply [45]/.test(place))
    .filter(({ bytes }) => {
      const text = bytes.toString('utf8')
      return !/req_[0-9a-z]{20}/.test(text) || inside.some((pattern) => pattern.test(text))
    })
    .map(({ place, bytes }) => `${place}: ${bytes.toString('utf8')}`)
}

/** Returns the lines of a server's output that are no record of one line; the notice with the bootstrap token is left out (quality bar E4). */
export function findBrokenRecords(output: string): readonly string[] {
  const notice = /\nThis installation has no owner yet\.[^{]*\n\n/
  return output
    .replace(notice, '')
    .split('\n')
    .filter((line) => line !== '' && !isRecord(line))
}

function isRecord(line: string): boolean {
  try {
    return typeof JSON.parse(line).level === 'string'
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
