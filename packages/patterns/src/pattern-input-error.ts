/** Input a detector cannot work on. The message names the column or option and what it must be. */
export class PatternInputError extends Error {
  override readonly name = 'PatternInputError'
}
