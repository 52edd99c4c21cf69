import type { Watchlist } from '@banyan/client'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../app/loaded.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Field } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/section.tsx'
import { formText } from '../../lib/form-text.ts'
import { useWatchlists } from './watchlist-queries.ts'
import { WatchlistTable } from './watchlist-table.tsx'

/** The account's first watchlist, with prices. */
export function WatchlistCard() {
  const { lists } = useWatchlists()
  return (
    <Section id="watchlist" title="Watchlist">
      <Loaded query={useQuery(lists)} label="Watchlist is loading" rows={4}>
        {({ watchlists: [first = null] }) => <Watched list={first} />}
      </Loaded>
    </Section>
  )
}

function Watched({ list }: { readonly list: Watchlist | null }) {
  const { write } = useWatchlists()
  const instruments = list?.instruments ?? []
  return (
    <>
      {list === null || instruments.length === 0 ? (
        <Notice kind="empty" title="Nothing is watched yet">
          Add a symbol, and its price stands here.
        </Notice>
      ) : (
        <WatchlistTable
          instruments={instruments}
          onRemove={(instrument) =>
            write(
              list,
              instruments.filter((one) => one !== instrument),
            )
          }
        />
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Disclosure label="Add">
          {(close) => (
            <Form
              label="Add to the watchlist"
              submit="Add"
              send={async (form) => {
                await write(list, [...instruments, formText(form, 'instruments')])
                close()
              }}
            >
              <Field
                name="instruments"
                label="Symbol"
                hint="TCS, or with its exchange: BSE:500325."
                required
                focused
                spellCheck={false}
                autoComplete="off"
              />
            </Form>
          )}
        </Disclosure>
      </div>
    </>
  )
}
