import type { Bucket, SharedBuckets, Shortage } from '@banyan/brokers'
import type { Redis } from 'ioredis'

/** Takes one of each bucket or none, by the clock of Redis, which all instances share. A bucket that is full has no entry. */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local levels, short, waitMs = {}, 0, 0
for i, key in ipairs(KEYS) do
  local interval, capacity = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  levels[i] = math.max(now, tonumber(redis.call('GET', key) or now))
  local wait = levels[i] - (capacity - 1) * interval - now
  if wait > waitMs then short, waitMs = i, wait end
end
if short > 0 then return { short, waitMs } end
for i, key in ipairs(KEYS) do
  local fullAt = levels[i] + tonumber(ARGV[2 * i - 1])
  if fullAt > now then redis.call('SET', key, fullAt, 'PX', fullAt - now) end
end
return { 0, 0 }`

const pauseScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fullAt = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now + ARGV[1])
if fullAt > now then redis.call('SET', KEYS[1], fullAt, 'PX', fullAt - now) end
return 1`

/** The port counts alone when the buckets are out of reach; half a second is what it waits for that at most. */
const answerWithinMs = 500

/** Returns token buckets in Redis under `prefix`, shared by all instances. Times are whole milliseconds. */
export function createRedisBuckets(redis: Redis, prefix: string): SharedBuckets {
  return {
    async take(buckets) {
      if (buckets.length === 0) return null
      const keys = buckets.map(({ key }) => `${prefix}${key}`)
      const sizes = buckets.flatMap(({ intervalMs, capacity }) => [Math.ceil(intervalMs), capacity])
      return toShortage(await soon(redis.eval(takeScript, keys.length, ...keys, ...sizes)), buckets)
    },
    async pause({ key, intervalMs, capacity }, ms) {
      const fullAfterMs = Math.ceil(ms + (capacity - 1) * intervalMs)
      await soon(redis.eval(pauseScript, 1, `${prefix}${key}`, fullAfterMs))
    },
  }
}

function toShortage(reply: unknown, buckets: readonly Bucket[]): Shortage | null {
  const [index, waitMs] = Array.isArray(reply) ? reply : []
  if (typeof index !== 'number' || typeof waitMs !== 'number') throw new TypeError('the buckets gave no numbers')
  const bucket = buckets[index - 1]
  return bucket === undefined ? null : { key: bucket.key, waitMs }
}

function soon<T>(reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the shared buckets did not answer in time')), answerWithinMs)
    reply.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
