import type { InvitationReply } from '@banyan/client'
import { useState } from 'react'
import { useAccount, useRefresh } from '../../app/account.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { ShownOnce } from '../../components/shown-once.tsx'
import { formText } from '../../lib/form-text.ts'
import { readableMinute } from '../../lib/ist.ts'

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'read-only', label: 'Read-only' },
  { value: 'owner', label: 'Owner' },
] as const

/** How an owner lets others in. */
export function InvitationsCard() {
  const [made, setMade] = useState<InvitationReply | null>(null)
  return (
    <AccountCard id="invitations" title="Invitations" lead="Each makes one account on this server.">
      {made === null ? null : (
        <ShownOnce
          title={`An invitation, good until ${readableMinute(made.expires_at)}.`}
          secrets={[{ label: 'Link', value: `${location.origin}/register#token=${made.token}` }]}
          fileName="banyan-invitation.txt"
          onKept={() => setMade(null)}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Disclosure label="Invite somebody">
          {(close) => (
            <InvitationForm
              onMade={(invitation) => {
                close()
                setMade(invitation)
              }}
            />
          )}
        </Disclosure>
      </div>
    </AccountCard>
  )
}

function InvitationForm({ onMade }: { readonly onMade: (invitation: InvitationReply) => void }) {
  const { client } = useAccount()
  const refresh = useRefresh()
  const send = async (form: FormData) => {
    const email = formText(form, 'email').trim()
    const role = roles.find(({ value }) => value === formText(form, 'role'))?.value ?? 'member'
    const made = await client.createInvitation({ role, ...(email === '' ? {} : { email }) })
    refresh()
    onMade(made)
  }
  return (
    <Form label="Invite somebody" submit="Make the invitation" send={send}>
      <Select name="role" label="Role" options={roles} />
      <Field
        name="email"
        label="E-mail address (optional)"
        hint="Then only this address can use it."
        autoComplete="off"
        inputMode="email"
        spellCheck={false}
      />
    </Form>
  )
}
