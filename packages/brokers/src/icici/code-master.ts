import type { Clock, EpochMs } from '@banyan/domain'
import { type UpstreamAnswer, type UpstreamPort, Verdict } from '../http/upstream-port.ts'
import { UpstreamError } from '../outcome.ts'
import { openCodeArchive } from './code-archive.ts'
import { readCodeFile } from './code-files.ts'
import { type CodeList, cashExchanges, createCodeList } from './code-list.ts'
import { iciciOperations } from './operations.ts'

/** The list of codes as it was loaded last; empty before. */
export interface CodeMaster extends CodeList {
  /**
   * Fetches the list, which is made anew about 08:00 IST each day, and puts it in place of the one held. Rejects with an
   * {@link UpstreamError}, or with the signal's reason when it is aborted; then the list held stays.
   */
  load(signal: AbortSignal): Promise<void>
  /** When the list held was loaded; null before the first. */
  loadedAt(): EpochMs | null
}

export function createCodeMaster({ port, clock }: { readonly port: UpstreamPort; readonly clock: Clock }): CodeMaster {
  let held = createCodeList([])
  let loadedAt: EpochMs | null = null
  return {
    listingOf: (exchange, code) => held.listingOf(exchange, code),
    nameOf: (instrument) => held.nameOf(instrument),
    get size() {
      return held.size
    },
    async load(signal) {
      held = await fetchCodes(port, signal)
      loadedAt = clock.now()
    },
    loadedAt: () => loadedAt,
  }
}

/** The second place is not documented, so it is asked only when the first fails, and the first one's failure is told. */
async function fetchCodes(port: UpstreamPort, signal: AbortSignal): Promise<CodeList> {
  const fetchFrom = (operation: typeof iciciOperations.codes | typeof iciciOperations.codesElsewhere) =>
    port.call({ operation, limitKey: null, rank: 'history', secrets: [], signal, read: readCodes })
  try {
    return await fetchFrom(iciciOperations.codes)
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    return await fetchFrom(iciciOperations.codesElsewhere).catch((second: unknown) => {
      throw second instanceof UpstreamError ? error : second
    })
  }
}

async function readCodes(answer: UpstreamAnswer): Promise<CodeList> {
  refuseFailure(answer.status)
  const texts = await openCodeArchive(answer.body)
  return createCodeList(cashExchanges.flatMap((exchange) => readCodeFile(exchange, texts[exchange])))
}

/** A file server has no envelope: its status is all it says. */
function refuseFailure(status: number): void {
  if (status === 200) return
  if (status === 429) throw new Verdict('rate_limited', { retryAfterS: 60 })
  if (status === 504) throw new Verdict('timeout')
  if (status >= 500) throw new Verdict('unavailable')
  if (status >= 400) throw new Verdict(status === 403 ? 'forbidden' : 'rejected')
  throw new Error('the answer is neither a file nor a failure')
}
