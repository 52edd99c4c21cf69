import type {
  Application,
  ApplicationBody,
  ApplicationPatchBody,
  ApplicationsReply,
  ApplicationTokenReply,
  DeletedReply,
  KeyBody,
  KeysReply,
  NewApplicationReply,
  NewKeyReply,
} from '@banyan/contracts'
import { type Abortable, type AccountCall, part } from './account-call.ts'

const base = '/api/applications'

/** Returns the calls about what programs show instead of a person: API keys, and applications of the Kotak and Synapsewave APIs. */
export function createKeys({ asUser }: { readonly asUser: AccountCall }) {
  return {
    keys: {
      list: (options?: Abortable) => asUser<KeysReply>('GET', '/api/keys', options),
      /** The only answer that has the key. */
      create: (body: KeyBody, options?: Abortable) => asUser<NewKeyReply>('POST', '/api/keys', { body, ...options }),
      remove: (id: string, options?: Abortable) => asUser<DeletedReply>('DELETE', `/api/keys/${part(id)}`, options),
    },
    applications: {
      list: (options?: Abortable) => asUser<ApplicationsReply>('GET', base, options),
      /** The only answer that has the secret. */
      create: (body: ApplicationBody, options?: Abortable) =>
        asUser<NewApplicationReply>('POST', base, { body, ...options }),
      update: (id: string, body: ApplicationPatchBody, options?: Abortable) =>
        asUser<Application>('PATCH', `${base}/${part(id)}`, { body, ...options }),
      remove: (id: string, options?: Abortable) => asUser<DeletedReply>('DELETE', `${base}/${part(id)}`, options),
      /** Makes a bearer that is good for 1–365 days. */
      createToken: (id: string, days: number, options?: Abortable) =>
        asUser<ApplicationTokenReply>('POST', `${base}/${part(id)}/tokens`, { body: { days }, ...options }),
    },
  }
}
