import type {
  BrokerConnectBody,
  BrokerSignInReply,
  BrokerSyncReply,
  BrokersReply,
  DeletedReply,
} from '@banyan/contracts'
import { query } from '../query.ts'
import { type Abortable, type AccountCall, part } from './account-call.ts'
import { syncMs } from './portfolio.ts'

const base = '/api/brokers'

/** Returns the calls about sessions at brokers, which the server keeps in memory alone. */
export function createBrokers({ asUser }: { readonly asUser: AccountCall }) {
  return {
    brokers: {
      /** A line for each account at each broker, and one for brokers without any. */
      list: (options?: Abortable) => asUser<BrokersReply>('GET', base, options),
      /** Returns the broker's sign-in page, from which a code comes back to the server. */
      beginSignIn: (broker: string, apiKey: string, options?: Abortable) =>
        asUser<BrokerSignInReply>('POST', `${base}/${part(broker)}/sign-in`, {
          body: { api_key: apiKey },
          ...options,
        }),
      /** Reads the book with a fresh sign-in and stays connected. Takes up to 25 s. */
      connect: (broker: string, body: BrokerConnectBody, options?: Abortable) =>
        asUser<BrokerSyncReply>('POST', `${base}/${part(broker)}/connect`, {
          body,
          leastTimeoutMs: syncMs,
          ...options,
        }),
      /** Reads the book again with the session kept; `account` is needed where there are two. */
      sync: (broker: string, { account, ...options }: Abortable & { readonly account?: string } = {}) =>
        asUser<BrokerSyncReply>('POST', `${base}/${part(broker)}/sync`, {
          body: account === undefined ? {} : { broker_account: account },
          leastTimeoutMs: syncMs,
          ...options,
        }),
      /** Ends the session kept. */
      disconnect: (broker: string, { account, ...options }: Abortable & { readonly account?: string } = {}) =>
        asUser<DeletedReply>('DELETE', `${base}/${part(broker)}/connect${query({ account })}`, options),
    },
  }
}
