import { describe, expect, it } from 'vitest'
import { zipBytes } from '../../../../apps/server/src/modules/imports/testing/zip-bytes.ts'
import { openCodeArchive } from './code-archive.ts'

const files = {
  'FONSEScripMaster.txt': 'derivatives',
  'NSEScripMaster.txt': Buffer.from('B\xc4UME', 'latin1'),
  'BSEScripMaster.txt': 'bse',
}

describe('the archive of code lists', () => {
  it('gives the two files of shares, read as latin-1', async () => {
    expect(await openCodeArchive(zipBytes(files))).toEqual({ NSE: 'BÄUME', BSE: 'bse' })
  })

  it('may keep them in a folder and spell them otherwise', async () => {
    const archive = zipBytes({ 'master/': '', 'master/nsescripmaster.TXT': 'nse', 'master/BSEScripMaster.txt': 'bse' })
    expect(await openCodeArchive(archive)).toEqual({ NSE: 'nse', BSE: 'bse' })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<html></html>')],
    ['cut off', zipBytes(files).subarray(0, -30)],
    ['without a list', zipBytes({ 'NSEScripMaster.txt': 'nse' })],
    ['of too many files', zipBytes(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}.txt`, ''])))],
    ['larger than 64 MiB', zipBytes({ ...files, 'BSEScripMaster.txt': Buffer.alloc(64 * 1024 ** 2) })],
  ])('is not %s', async (_, bytes) => {
    await expect(openCodeArchive(bytes)).rejects.toThrow()
  })

  it('is refused when more comes out than it says', async () => {
    const archive = zipBytes({ ...files, 'BSEScripMaster.txt': 'x'.repeat(5000) })
    // The size stands in the local header and in the directory, which is the one that counts.
    for (let at = archive.indexOf(sizeOf(5000)); at !== -1; at = archive.indexOf(sizeOf(5000), at + 1))
      archive.writeUInt32LE(10, at)
    await expect(openCodeArchive(archive)).rejects.toThrow()
  })
})

function sizeOf(bytes: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(bytes)
  return size
}
