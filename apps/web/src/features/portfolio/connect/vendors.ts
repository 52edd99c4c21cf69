import type { BrokerConnectBody } from '@banyan/client'
import { brokerName } from '../../../lib/broker-names.ts'

/** What a person must know of a broker whose account they connect. */
export interface Vendor {
  readonly id: string
  readonly name: string
  /** What the broker calls a program of one's own. */
  readonly app: string
  readonly appsUrl: string
  /** Name of the one-time code in the address the broker leads to. */
  readonly codeField: 'request_token' | 'api_session'
  readonly codeInAddress: string
  /** Path of this server to be set as redirect at the broker. */
  readonly callbackPath: string
}

const vendors: readonly Vendor[] = [
  {
    id: 'zerodha',
    name: brokerName('zerodha'),
    app: 'Kite Connect app',
    appsUrl: 'https://developers.kite.trade/apps',
    codeField: 'request_token',
    codeInAddress: 'request_token',
    callbackPath: '/api/brokers/zerodha/callback',
  },
  {
    id: 'icici',
    name: brokerName('icici'),
    app: 'Breeze app',
    appsUrl: 'https://api.icicidirect.com/apiuser/home',
    codeField: 'api_session',
    codeInAddress: 'apisession',
    callbackPath: '/api/brokers/icici/callback',
  },
]

/** Returns the broker of an address; null for one that cannot be connected. */
export const vendorOf = (id: string): Vendor | null => vendors.find((vendor) => vendor.id === id) ?? null

/** Key and secret of the person's own app. They are kept in the page's memory and nowhere else. */
export interface AppKeys {
  readonly apiKey: string
  readonly apiSecret: string
  /** False: the session is ended as soon as the book was read. */
  readonly stay: boolean
}

/** What proves the sign-in: the claim of a redirect, or the code itself. */
export type Proof = { readonly claim: string } | { readonly code: string }

/** Returns the call that reads the book. */
export function connectBody(vendor: Vendor, { apiKey, apiSecret }: AppKeys, proof: Proof): BrokerConnectBody {
  const keys = { api_key: apiKey, api_secret: apiSecret }
  return 'claim' in proof ? { ...keys, claim: proof.claim } : { ...keys, [vendor.codeField]: proof.code }
}

/** Returns the code in what a person pasted: the code itself, or the whole address it came in. */
export function codeIn(text: string, { codeInAddress, codeField }: Vendor): string {
  const trimmed = text.trim()
  const question = trimmed.indexOf('?')
  const fields = new URLSearchParams(question < 0 ? '' : trimmed.slice(question + 1))
  return fields.get(codeInAddress) ?? fields.get(codeField) ?? trimmed
}
