/** What Synapsewave calls answer with, under the names of the wire (synapsewave.md §5.4, §5.5, §6). */

interface EnrolledFactors {
  readonly mpin_enabled: boolean
  readonly fingerprint_enabled: boolean
}

export interface SynapsewaveRegistration extends EnrolledFactors {
  /** Password of one later login of type TOKEN, within 900 s. */
  readonly register_token: string
  readonly totp_enabled: boolean
  readonly ptnType: string
  /** Enrolled second factors. */
  readonly factors: readonly ('OTP' | 'TOTP' | 'FINGERPRINT')[]
  /** True when an OTP is under way because it is the only factor enrolled. */
  readonly otp_sent: boolean
  readonly otp_channel: 'email' | 'sms'
}

export interface SynapsewaveUser extends EnrolledFactors {
  readonly access_token: string
  readonly broadcast_access_token: string
  readonly user_name: string
  /** Last login, `YYYY-MM-DD HH:MM:SS`, Asia/Kolkata. */
  readonly login_time: string
  readonly exchanges: readonly string[]
  readonly bcastExchanges: readonly string[]
  readonly product_types: readonly string[]
  readonly product_types_exchange: Readonly<Record<string, readonly string[]>>
  readonly user_id: string
  readonly others: SynapsewaveOthers
  readonly session_token?: string
  readonly user_status?: number
  readonly totp_enabled?: boolean
  readonly ptnType?: string
  readonly alias_id?: string
}

export interface SynapsewaveOthers {
  readonly userCode: string
  readonly groupId: string
  readonly groupCode: string
  readonly newsCategories: string
  /** URL of the socket for messages. */
  readonly messageSocket: string
  /** URL of the WebSocket for the price feed. */
  readonly broadCastSocket: string
  readonly secondBroadCastSocket: readonly string[]
  /** `0` with a power of attorney, `2` without. */
  readonly POA: string
  readonly nGTDDefault: number
  readonly nGTDMaxDays: number
  readonly sGTDConfigDetails: string
  readonly ocToken: string
  readonly managerIP: string
  readonly tslAllowed: readonly string[]
  readonly edisForMTF: boolean
  readonly showJumpPriceBothLtpAndTriggerPrice: boolean
  readonly CFT: string
  readonly bAMOAllowedForUser: boolean
  readonly passExpDays?: string
  readonly sGTDValidityName?: unknown
  readonly maxOrderSlices?: unknown
}

/** What an account has no data for is empty. */
export interface SynapsewaveProfile extends EnrolledFactors {
  readonly user_name: string
  readonly email: string
  readonly mobile_no: string
  readonly pan: string
  readonly address: string
  /** `DD-MM-YYYY`. */
  readonly dob: string
  readonly gender: string
  readonly bank_details: readonly SynapsewaveBank[]
  readonly dp_details: readonly unknown[]
  readonly mf_details: readonly unknown[]
}

export interface SynapsewaveBank {
  readonly bank_name: string
  readonly branch_name: string
  readonly branch_city: string
  readonly account_no: string
  /** 1 current, 2 savings. */
  readonly account_type: 1 | 2
  readonly is_default: unknown
}

/** Both in seconds. */
export interface SynapsewaveOtpSent {
  readonly resend_after: number
  readonly expires_in: number
}

export interface SynapsewaveTotp {
  /** `data:image/png;base64,…` */
  readonly qrImg: string
  /** Base32. */
  readonly authSecret: string
  readonly userID: string
}
