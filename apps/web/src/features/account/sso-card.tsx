import type { SsoLink } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { useAccount, useRefresh } from '../../app/account.ts'
import { Loaded } from '../../app/loaded.tsx'
import { AccountCard, AccountRow, NothingYet } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Form } from '../../components/form.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'

/** Identities of other issuers that open this account through the Synapsewave API. Which issuers are trusted is the server's setting. */
export function SsoCard() {
  const { factors } = useAccount()
  const query = useQuery(factors)
  return (
    <AccountCard
      id="sso"
      title="Single sign-on"
      lead="Identities that open this account through the Synapsewave API, of issuers this server is set up to trust."
    >
      <Loaded query={query} label="Single sign-on is loading" rows={1}>
        {({ sso_links: links }) =>
          links.length === 0 ? (
            <NothingYet>No identity is linked.</NothingYet>
          ) : (
            <ul>
              {links.map((link) => (
                <LinkRow key={link.id} link={link} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Link an identity">{(close) => <LinkForm onDone={close} />}</Disclosure>
      </div>
    </AccountCard>
  )
}

function LinkRow({ link: { id, issuer, subject, linked_at } }: { readonly link: SsoLink }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.unlinkSso(id, formText(form, 'password'))
    refresh('factors')
  }
  return (
    <AccountRow title={subject} facts={[issuer, `Linked ${readableMinute(linked_at)}`]}>
      <Disclosure label="Unlink" name={`Unlink the identity ${subject}`}>
        {() => (
          <Form label={`Unlink the identity ${subject}`} submit="Unlink it" kind="danger" send={send}>
            <PasswordField focused />
          </Form>
        )}
      </Disclosure>
    </AccountRow>
  )
}

function LinkForm({ onDone }: { readonly onDone: () => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    await client.factors.linkSso({ token: formText(form, 'token').trim(), password: formText(form, 'password') })
    refresh('factors')
    onDone()
  }
  return (
    <Form label="Link an identity" submit="Link it" send={send}>
      <p className="text-sm">
        Paste a token your issuer just signed for you: at most ten minutes old, and good for one use. A server that
        trusts no issuer refuses every token.
      </p>
      <TextArea name="token" label="Token" rows={3} autoComplete="off" spellCheck={false} required />
      <PasswordField />
    </Form>
  )
}
