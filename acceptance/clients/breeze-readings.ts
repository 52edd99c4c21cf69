export interface BreezeBookQuestion {
  /** Base addresses, with a slash at their end, and that of the list of codes. */
  readonly apiUrl: string
  readonly historyUrl: string
  readonly masterUrl: string
  readonly apiKey: string
  readonly apiSecret: string
  /** The one-time code of a sign-in. */
  readonly apiSession: string
  /** The vendor's name of a share: what quotes and candles are asked of. */
  readonly code: string
  /** First and last instant of the candles: `2026-03-12T09:15:00.000Z`, whose Z is not true. */
  readonly from: string
  readonly to: string
}

/** What ICICI's client returned. */
export interface BreezeBook {
  readonly userId: string
  /** By exchange. */
  readonly holdings: { readonly NSE: BreezeAnswer; readonly BSE: BreezeAnswer }
  readonly demat: BreezeAnswer
  readonly positions: BreezeAnswer
  readonly quotes: BreezeAnswer
  readonly days: BreezeAnswer
  readonly minutes: BreezeAnswer
  /** The client's table of the vendor's names on NSE, from the list of codes that it downloads at sign-in, to NSE's tokens. */
  readonly codesOnNse: Readonly<Record<string, string>>
}

/** As the vendor answers. */
interface BreezeAnswer {
  readonly Success: readonly object[] | null
  readonly Status: number
  readonly Error: string | null
}
