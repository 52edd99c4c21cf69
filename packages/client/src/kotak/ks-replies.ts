/** Replies of the Kotak session API under the names of the wire (kotak.md §5.3–5.7), one interface per call. */

interface KsAddress {
  readonly host: string
  readonly port: number
}

export interface KsInit {
  readonly clientType: string
  /** `publickKey` is the name on the wire. */
  readonly encryption: { readonly keySize: number; readonly publickKey: string; readonly type: string }
  readonly isNRI: 'Y' | 'N'
  readonly message: string
  readonly redirect: KsAddress
  readonly service: KsAddress
  readonly status: string
  readonly userType: string
  readonly userid: string
}

export interface KsLogin {
  readonly Success: {
    readonly Status: string
    /** When the access code was issued, `M/D/YYYY h:mm:ss AM`, Asia/Kolkata. */
    readonly accessCodeTime: string
    /** `Y` when the account has a registered device. */
    readonly biometric: 'Y' | 'N'
    readonly clientType: string
    /** Masked; empty when the account has none. */
    readonly emailId: string
    readonly message: string
    /** `Y` when an MPIN is set. */
    readonly mpin: 'Y' | 'N'
    readonly oneTimeToken: string
    /** Masked; empty when the account has none. */
    readonly phoneNo: string
    readonly redirect: KsAddress & { readonly userid: string }
  }
}

interface KsExchangeSegment {
  readonly exchange: 'NSE' | 'BSE' | 'MCX'
  readonly status: 'ACTIVE' | 'INACTIVE'
}

export interface KsSession {
  readonly advancedChart: KsAddress
  readonly apiToken: { readonly redirect: KsAddress; readonly sessionId: string }
  readonly broadcast: KsAddress
  readonly clientCode: string
  readonly clientName: string
  readonly dormantType: string
  readonly emailId: string
  readonly enabledExchangeSegments: Readonly<Record<'CASH' | 'CDS' | 'COMMODITY' | 'FNO', readonly KsExchangeSegment[]>>
  readonly enabledProducts: readonly string[]
  readonly enabledSegments: readonly string[]
  readonly getLtp: KsAddress
  readonly isNRI: 'Y' | 'N'
  /** `M/D/YYYY h:mm:ss AM`, Asia/Kolkata. */
  readonly loginTime: string
  readonly marginProduct: { readonly isEnabled: 'Y' | 'N' }
  readonly marketData: KsAddress
  readonly phoneNo: string
  readonly redirect: KsAddress
  readonly search: KsAddress
  readonly service: KsAddress
  readonly sessionToken: string
  readonly stwtFlag: 'Y' | 'N'
  readonly userId: string
  readonly weblink: KsAddress
}

export interface KsLogout {
  readonly Success: { readonly message: string }
}
