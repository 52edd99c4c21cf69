import { refuse } from './password-rules.ts'

/** Throws `unacceptable_secret` unless the MPIN may be set. It is 4–6 ASCII digits, which the caller has checked. */
export function checkNewMpin(mpin: string): void {
  if (repeatsItself(mpin)) throw refuse('must not repeat the same digits')
  if (isRun(mpin)) throw refuse('must not be a run like 1234')
  if (isBirthYear(mpin)) throw refuse('must not be a year of birth')
}

/** 1111, 1212, 123123: a shorter text over and over. */
function repeatsItself(mpin: string): boolean {
  return [1, 2, 3].some((part) => mpin.length % part === 0 && mpin === mpin.slice(0, part).repeat(mpin.length / part))
}

function isRun(mpin: string): boolean {
  const steps = [...mpin].slice(1).map((digit, i) => Number(digit) - Number(mpin[i]))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

function isBirthYear(mpin: string): boolean {
  return mpin.length === 4 && /^(19[2-9]|20[0-2])/.test(mpin)
}
