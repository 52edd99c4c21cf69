import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for the bootstrap token that a server without an owner prints when it is ready. */
export async function printedToken(output: () => string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const token = /\/bootstrap#token=([A-Za-z0-9_-]{22})$/m.exec(output())?.[1]
    if (token !== undefined) return token
    await sleep(50)
  }
  throw new Error('no bootstrap token was printed')
}
