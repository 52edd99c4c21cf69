import type { Redis } from 'ioredis'
import type { SharedCounters } from './address-limiter.ts'

/** Counts and starts the window in one step, so that a killed client leaves no counter without an end. */
const countScript = `
local out = {}
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left < 0 then
    redis.call('PEXPIRE', key, ARGV[i])
    left = tonumber(ARGV[i])
  end
  out[#out + 1] = count
  out[#out + 1] = left
end
return out`

/** Returns counters in Redis under `prefix`. A reply that takes longer than `timeoutMs` counts as a failure. */
export function createRedisCounters(redis: Redis, prefix: string, timeoutMs = 250): SharedCounters {
  return {
    async increment(rules) {
      const keys = rules.map((rule) => `${prefix}${rule.key}`)
      const reply = await withinMs(
        redis.eval(countScript, keys.length, ...keys, ...rules.map((rule) => rule.windowMs)),
        timeoutMs,
      )
      return rules.map((_, i) => windowCount(reply, i))
    },
  }
}

function windowCount(reply: unknown, i: number) {
  const [count, remainingMs] = Array.isArray(reply) ? [reply[2 * i], reply[2 * i + 1]] : []
  if (typeof count !== 'number' || typeof remainingMs !== 'number') throw new TypeError('the counters gave no numbers')
  return { count, remainingMs: Math.max(1, remainingMs) }
}

function withinMs<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the shared counters did not answer in time')), timeoutMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
