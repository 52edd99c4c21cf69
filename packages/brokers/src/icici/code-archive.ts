import { buffer } from 'node:stream/consumers'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { codeFiles } from './code-files.ts'
import { cashExchanges } from './code-list.ts'

const maxUnpackedBytes = 64 * 1024 ** 2
const maxEntries = 100

/**
 * Returns the texts of the code files in `SecurityMaster.zip`, by exchange. Throws when the bytes are no such archive, a file is missing,
 * or they would unpack to more than 64 MiB.
 */
export async function openCodeArchive(zipped: Buffer): Promise<Record<(typeof cashExchanges)[number], string>> {
  const zip = await fromBufferPromise(zipped)
  const entries = await listEntries(zip)
  const [nse, bse] = cashExchanges.map((exchange) => findEntry(entries, codeFiles[exchange]))
  if (nse === undefined || bse === undefined) throw new Error('the archive holds no list of codes')
  if (nse.uncompressedSize + bse.uncompressedSize > maxUnpackedBytes) throw new Error('the archive is too large')
  return { NSE: await textOf(zip, nse), BSE: await textOf(zip, bse) }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > maxEntries) throw new Error('the archive holds too many files')
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)
  return entries
}

function findEntry(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.find(({ fileName }) => fileName.split('/').at(-1)?.toLowerCase() === name.toLowerCase())
}

/** The reader fails when more comes out than the entry says, so the size that was checked holds. */
async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  return (await buffer(await zip.openReadStreamPromise(entry))).toString('latin1')
}
