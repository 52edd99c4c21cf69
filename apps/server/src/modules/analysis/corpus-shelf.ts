import type { EpochMs } from '@banyan/domain'
import type { ClosesCorpus } from './analysis-jobs.ts'

/** Keeps the closes that are searched for similar stretches, one corpus of them: 16 bytes a close. */
export interface CorpusShelf {
  /** Returns the closes up to yesterday's. Reads them when none are at hand; what was imported since then comes with the next `renew`. */
  get(): Promise<ClosesCorpus>
  /**
   * Reads the closes when those at hand are of another day or revision, a text that changes with what is stored. Until they are read, those at
   * hand serve on, but never on another day.
   */
  renew(revision: string): Promise<void>
}

export interface CorpusShelfParts {
  /** Returns the close up to which a corpus reaches now. */
  reach(): EpochMs
  read(reach: EpochMs, priority: 'request' | 'background'): Promise<ClosesCorpus>
}

interface Reading {
  readonly reach: EpochMs
  /** Of what was stored when it began, as far as was known. */
  readonly revision: string | null
  readonly corpus: Promise<ClosesCorpus>
}

export function createCorpusShelf({ reach, read }: CorpusShelfParts): CorpusShelf {
  let known: string | null = null
  let held: Reading | null = null
  let coming: Reading | null = null

  const reaches = (reading: Reading | null) => reading?.reach === reach()
  const isCurrent = (reading: Reading | null) => reaches(reading) && reading?.revision === known
  const begin = (priority: 'request' | 'background'): Reading => {
    const reading: Reading = { reach: reach(), revision: known, corpus: read(reach(), priority) }
    reading.corpus.catch(() => {
      if (held === reading) held = null
      if (coming === reading) coming = null
    })
    return reading
  }

  return {
    get() {
      const reading = [held, coming].find(reaches) ?? begin('request')
      held = reading
      return reading.corpus
    },
    async renew(revision) {
      known = revision
      const fresh = [held, coming].find(isCurrent) ?? begin('background')
      if (fresh !== held) coming = fresh
      await fresh.corpus
      if (coming !== fresh) return
      held = fresh
      coming = null
    },
  }
}
