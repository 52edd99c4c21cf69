import { ApiError } from '@banyan/client'

/** What a person is told of a form that failed. */
export interface Problem {
  /** Null when everything is said beside the fields. */
  readonly text: string | null
  /** By field name: a sentence, or one in lower case that the field's label begins. */
  readonly fields: Readonly<Record<string, string>>
  /** Seconds the server asks to wait; null when waiting does not help. */
  readonly waitS: number | null
}

/** Fields a refusal is about, the first the form has. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  email_taken: ['email'],
  wrong_password: ['current_password', 'password'],
  invalid_second_factor: ['code'],
  invalid_code: ['code'],
  code_expired: ['code'],
  invalid_invitation: ['invitation'],
}

/** Returns what to say of a failure and beside which of the form's fields. */
export function toProblem(error: unknown, names: readonly string[]): Problem {
  if (!(error instanceof ApiError)) return { text: sentenceOf(error), fields: {}, waitS: null }
  const waitS = error.status === 429 || error.status === 503 ? error.retryAfterS : null
  if (error.code === 'invalid_credentials')
    return { text: 'The e-mail address or the password is wrong.', fields: {}, waitS }
  const field = fieldsOf[error.code]?.find((name) => names.includes(name))
  if (field !== undefined) return { text: null, fields: { [field]: error.message }, waitS }
  return { ...ofDetails(error, names), waitS }
}

/** Every failing parameter beside its field; those the form does not have in one text. */
function ofDetails({ details, message }: ApiError, names: readonly string[]): Pick<Problem, 'text' | 'fields'> {
  if (details.length === 0) return { text: message, fields: {} }
  const shown = details.filter(({ field }) => names.includes(field))
  const rest = details.filter(({ field }) => !names.includes(field))
  return {
    text: rest.length === 0 ? null : rest.map(({ field, reason }) => `${field} ${reason}.`).join(' '),
    fields: Object.fromEntries(shown.map(({ field, reason }) => [field, reason])),
  }
}

/** Returns what a failure says of itself. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong in this page.'
}

/** Returns the whole sentence beside a field. */
export function fieldSentence(label: string, problem: string): string {
  return /^[a-z]/.test(problem) ? `${label} ${problem.replace(/\.?$/, '.')}` : problem
}

/** Returns how long `seconds` are, rounded up: `1 second`, `42 seconds`, `3 minutes`, `2 hours`. */
export function waitingTime(seconds: number): string {
  const [count, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7_200
        ? [Math.ceil(seconds / 60), 'minute']
        : [Math.ceil(seconds / 3_600), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
