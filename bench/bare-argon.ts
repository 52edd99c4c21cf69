// The peer of the login benchmark: Argon2 alone. Each line of standard input asks for {phc, password, atOnce, seconds} and is answered by a
// line with the verifications per second.
import { createInterface } from 'node:readline'
import { verify } from '@node-rs/argon2'

for await (const line of createInterface({ input: process.stdin })) {
  const { phc, password, atOnce, seconds } = JSON.parse(line) as Asked
  const started = performance.now()
  let count = 0
  const loop = async () => {
    while (performance.now() - started < seconds * 1_000) {
      if (!(await verify(phc, password))) throw new Error('the password is not the one that was hashed')
      count++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
  process.stdout.write(`${count / ((performance.now() - started) / 1_000)}\n`)
}

interface Asked {
  readonly phc: string
  readonly password: string
  readonly atOnce: number
  readonly seconds: number
}
