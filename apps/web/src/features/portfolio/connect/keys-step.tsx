import { CopyButton } from '../../../components/copy-button.tsx'
import { Field } from '../../../components/field.tsx'
import { Form } from '../../../components/form.tsx'
import { formText } from '../../../lib/form-text.ts'
import { StepCard } from './step-card.tsx'
import type { AppKeys, Vendor } from './vendors.ts'

interface KeysStepProps {
  readonly vendor: Vendor
  /** Why the try before came to nothing. */
  readonly failure: string | null
  /** What was typed for it. */
  readonly typed: AppKeys | null
  /** True once the broker has led back to this tab: key and secret are asked for the sync alone. */
  readonly isSignedIn: boolean
  readonly onKeys: (keys: AppKeys) => Promise<void>
}

/** Asks for key and secret of the person's own app at the broker. */
export function KeysStep({ vendor, failure, typed, isSignedIn, onKeys }: KeysStepProps) {
  const send = (form: FormData) =>
    onKeys({
      apiKey: formText(form, 'api_key').trim(),
      apiSecret: formText(form, 'api_secret').trim(),
      stay: form.has('stay'),
    })
  return (
    <StepCard number={1} title={isSignedIn ? 'You are signed in: key and secret once more' : `Your ${vendor.app}`}>
      {failure === null ? null : (
        <p role="alert" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {failure}
        </p>
      )}
      {isSignedIn ? (
        <p className="text-sm">The code of {vendor.name} is good for one minute, and once.</p>
      ) : (
        <RedirectNote vendor={vendor} />
      )}
      <Form label={`Connect ${vendor.name}`} submit={isSignedIn ? 'Sync' : 'Continue'} send={send}>
        <Field
          name="api_key"
          label="API key"
          defaultValue={typed?.apiKey}
          autoComplete="off"
          spellCheck={false}
          required
          focused
        />
        <Field
          name="api_secret"
          label="API secret"
          type="password"
          defaultValue={typed?.apiSecret}
          autoComplete="off"
          required
        />
        <label className="flex items-start gap-2 text-sm">
          <input type="checkbox" name="stay" defaultChecked={typed?.stay} className="mt-0.5 size-4" />
          <span>
            Stay connected for further syncs
            <span className="block text-xs text-muted">
              Only the session is kept, in the server’s memory, until {vendor.name} ends it. Otherwise you are signed
              out right after the sync.
            </span>
          </span>
        </label>
        <p className="rounded-md bg-raised px-3 py-2 text-xs text-muted">
          <strong className="text-ink">Credentials are never stored.</strong> Key and secret stay in this page until the
          sync, go to the server for that one call, and are in no database, file or log.
        </p>
      </Form>
    </StepCard>
  )
}

function RedirectNote({ vendor }: { readonly vendor: Vendor }) {
  const callback = `${location.origin}${vendor.callbackPath}`
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p>
        From{' '}
        <a href={vendor.appsUrl} target="_blank" rel="noreferrer" className="underline">
          your apps at {vendor.name}
        </a>
        . Its redirect URL must be:
      </p>
      <p className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded bg-raised px-2 py-1 text-xs">{callback}</code>
        <CopyButton text={callback} label="Copy the redirect URL" />
      </p>
    </div>
  )
}
