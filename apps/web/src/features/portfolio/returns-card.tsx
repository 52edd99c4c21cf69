import type { ReturnsReply } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { Units } from '../../components/amount.tsx'
import { Change } from '../../components/change.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { Stat } from '../../components/stat.tsx'
import { brokerAccountName } from '../../lib/broker-names.ts'
import { readableDate, readableInstant } from '../../lib/ist.ts'
import { usePortfolioQueries } from './portfolio-queries.ts'

/** So many shares are named; a person repairs them one tradebook at a time. */
const shownShares = 8

/** What the money came to, or what is missing to tell it. */
export function ReturnsCard() {
  const query = useQuery(usePortfolioQueries().returns)
  return (
    <Section id="returns" title="Returns">
      <Loaded query={query} label="The returns are loading" rows={3}>
        {(returns) => <Returns returns={returns} />}
      </Loaded>
    </Section>
  )
}

function Returns({ returns }: { readonly returns: ReturnsReply }) {
  const { since, unexplained } = returns
  if (since === null)
    return (
      <Notice kind="empty" title="No trades yet">
        What you paid and received is in your brokers’ tradebooks. Check one of them here, and your yearly return is
        worked out from it.
      </Notice>
    )
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Stat
          label="Your money, a year (XIRR)"
          note={whyUnknown(returns.money_weighted_unknown) ?? 'What your payments grew by.'}
        >
          <Percent value={returns.money_weighted_percent} />
        </Stat>
        <Stat
          label={`One rupee since ${readableDate(since)} (TWR)`}
          note={whyUnknown(returns.time_weighted_unknown) ?? 'Whenever you put more in or took some out.'}
        >
          <Percent value={returns.time_weighted_percent} />
        </Stat>
      </dl>
      {unexplained.length > 0 ? <Unexplained shares={unexplained} /> : null}
      <p className="text-xs text-muted">
        As of {readableInstant(returns.as_of_ist)}. Charges and dividends are in no tradebook and not in these figures.
      </p>
    </div>
  )
}

function Percent({ value }: { readonly value: number | null }) {
  return value === null ? <span className="text-muted">not known</span> : <Change percent={value} />
}

const reasons: Readonly<Record<NonNullable<ReturnsReply['money_weighted_unknown']>, string>> = {
  no_trades: 'No trades were brought in.',
  trades_unknown: 'Your trades do not come to what you hold.',
  value_unknown: 'A price is missing: of today, or of a day on which you traded.',
  too_short: 'Everything happened today.',
  no_answer: 'No one rate fits these payments.',
  after_replay: 'Your trades are later than the day that is replayed.',
}

function whyUnknown(code: ReturnsReply['money_weighted_unknown']): string | null {
  return code === null ? null : reasons[code]
}

function Unexplained({ shares }: { readonly shares: ReturnsReply['unexplained'] }) {
  const more = shares.length - shownShares
  return (
    <div data-unexplained="" className="flex flex-col gap-2 rounded-md bg-replay-soft px-3 py-2">
      <p className="text-sm text-replay">
        <span aria-hidden="true">◷ </span>
        Trades are missing, or shares came without one. Bring in the other tradebooks, or write gifts and transfers into
        a generic file.
      </p>
      <table className="w-full text-sm">
        <caption className="sr-only">Shares whose trades do not come to what is held</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 text-left font-medium">
              Share
            </th>
            <th scope="col" className="px-1 py-1 text-right font-medium">
              Held
            </th>
            <th scope="col" className="px-1 py-1 text-right font-medium">
              By trades
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.slice(0, shownShares).map(({ broker, broker_account: account, tradingsymbol, held, traded }) => (
            <tr key={`${broker} ${account} ${tradingsymbol}`} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {tradingsymbol} <span className="text-xs text-muted">{brokerAccountName(broker, account)}</span>
              </th>
              <td className="px-1 text-right">
                <Units value={held} />
              </td>
              <td className="px-1 text-right">
                <Units value={traded} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="text-xs text-muted">and {more} more</p> : null}
    </div>
  )
}
