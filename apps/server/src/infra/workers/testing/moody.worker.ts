import { readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { BanyanError } from '@banyan/domain'
import { serveJobs } from '../serve-jobs.ts'
import { yieldToOthers } from '../yield-to-others.ts'

/** Does what the test says: answers, throws, dies, or computes for ever. */
const port = parentPort
if (port === null) throw new Error('moody.worker.ts runs as a worker only.')

serveJobs(port, async (kind, input, onProgress) => {
  switch (kind) {
    case 'echo':
      return input
    case 'yield':
      yieldToOthers()
      return threadPriorities()
    case 'count':
      for (let done = 1; done <= Number(input); done++) onProgress(done)
      return input
    case 'refuse':
      throw new BanyanError('invalid_parameter', { details: [{ field: 'window', reason: 'must be shorter' }] })
    case 'fail':
      throw new TypeError('secret=1')
    case 'die':
      return process.exit(7)
    case 'throw outside':
      setImmediate(() => {
        throw new Error('out of the blue')
      })
      return new Promise(() => undefined)
    case 'spin': {
      const gate = input as Int32Array
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
      Atomics.wait(gate, 1, 0)
      return 'released'
    }
    default:
      throw new Error(`no job is named ${kind}`)
  }
})

/** The niceness of this thread, and how many of the process's threads have it. */
function threadPriorities() {
  const own = getPriority(0)
  const all = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/stat`, 'utf8'))
  const nice = all.map((text) => Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]))
  return { own, alike: nice.filter((value) => value === own).length, all: nice.length }
}
