import { type EpochMs, istOffsetMs } from '@banyan/domain'

/** Renders `1/5/2026 12:05:09 AM` in Asia/Kolkata: month, day and hour unpadded (kotak.md §3.4). */
export function toKotakTime(instant: EpochMs): string {
  const ist = new Date(instant + istOffsetMs)
  const hour = ist.getUTCHours()
  const padded = (value: number) => String(value).padStart(2, '0')
  const date = `${ist.getUTCMonth() + 1}/${ist.getUTCDate()}/${ist.getUTCFullYear()}`
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${padded(ist.getUTCMinutes())}:${padded(ist.getUTCSeconds())}`
  return `${date} ${time} ${hour < 12 ? 'AM' : 'PM'}`
}

/** Renders `XXXXXXX828`, or nothing for an account without a mobile number. */
export function maskMobile(mobile: string | null): string {
  return mobile === null ? '' : `XXXXXXX${mobile.slice(-3)}`
}

/** Renders `XXXX@example.com`, whatever the length of what stands before the domain. */
export function maskEmail(email: string): string {
  return `XXXX@${email.slice(email.lastIndexOf('@') + 1)}`
}
