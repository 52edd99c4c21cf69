import type { ReactNode } from 'react'
import { CommandBlock } from './command-block.tsx'
import type { SignInSource } from './source-view.ts'

interface Steps {
  readonly name: string
  /** Where the operator signs in; ends with the place of the key. */
  readonly loginUrl: string
  /** Name of the code in the address the broker leads to, and in the call. */
  readonly codeInAddress: string
  readonly codeField: string
  readonly secretSetting: string
  readonly callback: string
  readonly life: string
}

const stepsOf: Readonly<Record<SignInSource, Steps>> = {
  zerodha: {
    name: 'Zerodha',
    loginUrl: 'https://kite.zerodha.com/connect/login?v=3&api_key=KEY',
    codeInAddress: 'request_token',
    codeField: 'request_token',
    secretSetting: 'ZERODHA_ADMIN_SECRET',
    callback: '/api/brokers/zerodha/callback',
    life: 'A session lasts until 06:00 IST of the next morning, and ends when the server stops.',
  },
  icici: {
    name: 'ICICI Direct',
    loginUrl: 'https://api.icicidirect.com/apiuser/login?api_key=KEY',
    codeInAddress: 'apisession',
    codeField: 'api_session',
    secretSetting: 'ICICI_ADMIN_SECRET',
    callback: '/api/brokers/icici/callback',
    life: 'A session lasts until midnight, and ends when the server stops.',
  },
}

/** How whoever runs the server signs it in at a broker, so that it has that broker's prices. */
export function SignInSteps({ source }: { readonly source: SignInSource }) {
  const steps = stepsOf[source]
  const call = [
    `curl -X POST ${location.origin}/api/${source}/activate \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"${steps.codeField}":"CODE","secret":"SECRET"}'`,
  ].join('\n')
  return (
    <ol className="flex list-decimal flex-col gap-2 pl-5 text-sm">
      <li>
        Open <Mono>{steps.loginUrl}</Mono> with the key of the server’s own app, and sign in.
      </li>
      <li>
        The address you are led to holds the code as <Mono>{steps.codeInAddress}</Mono>. It is good once, for a few
        minutes. The app’s redirect must not be <Mono>{steps.callback}</Mono> of this server: that one is for people’s
        portfolios, and takes the code away.
      </li>
      <li>
        Send the code with the secret that stands in <Mono>{steps.secretSetting}</Mono>; without that setting the way is
        shut.
        <div className="mt-1">
          <CommandBlock text={call} label={`Copy the command for ${steps.name}`} />
        </div>
      </li>
      <li>
        {steps.life} The guide is <Mono>docs/guides/brokers.md</Mono>.
      </li>
    </ol>
  )
}

function Mono({ children }: { readonly children: ReactNode }) {
  return <code className="rounded bg-surface px-1 py-0.5 text-xs [overflow-wrap:anywhere]">{children}</code>
}
