import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

/** Escapes what is not ASCII, so that a character is a byte and the text can be written as `latin1`. */
export function toAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Sends ready JSON text of ASCII characters: node:http joins head and `latin1` text into one write, where UTF-8 is encoded anew and a
 * Buffer is copied once more.
 */
export function sendAscii(response: ServerResponse, headers: readonly string[], json: string): void {
  const own = ['content-type', 'application/json; charset=utf-8', 'content-length', String(json.length)]
  response.writeHead(200, headers.concat(own)).end(json, 'latin1')
}

/** Returns the headers set on a reply so far, names and values in turn, for `writeHead`. */
export function flatHeaders(reply: FastifyReply): string[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)])
}
