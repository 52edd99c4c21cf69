import type { EpochMs } from '@banyan/domain'
import type { Plan, Role } from './callers.ts'

/** An account as its owner may see it. */
export interface AccountView {
  readonly id: number
  readonly email: string
  readonly name: string | null
  /** E.164, or null. */
  readonly mobile: string | null
  /** 3–12 of A–Z 0–9, upper case. */
  readonly clientCode: string
  readonly role: Role
  readonly plan: Plan
  readonly createdAt: EpochMs
  readonly hasTotp: boolean
  readonly recoveryCodesLeft: number
  readonly hasMpin: boolean
  /** True when any device identifier is registered, trusted or not. */
  readonly hasDevice: boolean
  readonly hasPasskey: boolean
  readonly otpChannel: OtpChannel
  /** True when mailed codes count as a second factor although TOTP is on. */
  readonly otpBesideTotp: boolean
}

export type OtpChannel = 'email' | 'sms'
