import type { MessagePort } from 'node:worker_threads'
import { type JobReply, type JobRequest, toFailure } from './job-messages.ts'

/** Does a job's work; `onProgress` tells how much of it is done. */
export type RunJob = (kind: string, input: unknown, onProgress: (done: number) => void) => Promise<unknown>

/** Answers the jobs that arrive at a worker's port, in the order they come. A failing job ends neither the worker nor the next job. */
export function serveJobs(port: MessagePort, run: RunJob): void {
  const reply = (message: JobReply) => port.postMessage(message)
  const answer = async ({ id, kind, input }: JobRequest) => {
    try {
      const output = await run(kind, input, (done) => reply({ id, type: 'progress', done }))
      reply({ id, type: 'done', output })
    } catch (error) {
      reply({ id, type: 'failed', failure: toFailure(error) })
    }
  }
  port.on('message', (request: JobRequest) => void answer(request)) // a reply that cannot be sent ends the worker, and so the job
}
