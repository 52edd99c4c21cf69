import { Secret } from '@banyan/domain'
import { rowOf, textIn } from '../vendor-cells.ts'

export interface CustomerDetails {
  /** ICICI's id of the account, as `AB123456`. */
  readonly account: string
  readonly token: Secret
}

// It goes into a header as it is.
const headerText = /^[\x21-\x7e]{1,1024}$/

/** Reads `Success` of `customerdetails`; of it only who signed in and the token are kept. Throws when one is missing. */
export function readCustomerDetails(success: unknown): CustomerDetails {
  const row = rowOf(success, 'customer details')
  const token = row['session_token']
  if (typeof token !== 'string' || !headerText.test(token)) throw new Error('session_token is not a token')
  return { account: textIn(row, 'idirect_userid'), token: new Secret(token) }
}
