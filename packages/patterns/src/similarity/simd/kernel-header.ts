import { i32, type Local, type NewLocal } from './wasm-assembler.ts'

/** What the functions read from the start of the memory, four bytes each: addresses, and the last two lengths in vectors' bytes. */
export const headerWords = [
  'closes',
  'scale',
  'shift',
  'centre',
  'half',
  'queryPoints',
  'queryEnd',
  'shapePoints',
  'shapeEnd',
  'survivors',
  'bands',
  'aligned',
  'ahead',
  'row',
  'length',
  'radius',
] as const
export type HeaderWord = (typeof headerWords)[number]

/** A point is three words: its byte offset in a window or its value in the shape, its centre, its half width. */
export const pointBytes = 12

/** Declares a variable for each word named, and the code that reads them all. */
export function readHeader<Word extends HeaderWord>(
  words: readonly Word[],
  local: NewLocal,
): { read: number[]; header: Record<Word, Local> } {
  const read: number[] = []
  const header = {} as Record<Word, Local>
  for (const word of words) {
    const value = local('i32')
    header[word] = value
    read.push(...value.set(i32.load(i32.const(headerWords.indexOf(word) * 4))))
  }
  return { read, header }
}
