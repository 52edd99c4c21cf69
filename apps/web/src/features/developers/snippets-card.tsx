import { useNavigate, useSearch } from '@tanstack/react-router'
import { AccountCard } from '../../components/account-card.tsx'
import { Choice } from '../../components/choice.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import {
  type DevelopersSearch,
  type dialectIds,
  type Language,
  parseDevelopersSearch,
} from '../../lib/developers-search.ts'
import { dialects } from './snippets/dialects.ts'
import { placeholders, type Snippet, type SnippetValues } from './snippets/snippet.ts'

const languageOptions = [
  { value: 'curl', label: 'curl', name: 'curl, in a shell' },
  { value: 'typescript', label: 'TypeScript', name: 'TypeScript' },
  { value: 'python', label: 'Python', name: 'Python' },
] as const satisfies readonly { readonly value: Language; readonly label: string; readonly name: string }[]

const howToRun: Readonly<Record<Language, string>> = {
  curl: 'For a POSIX shell with curl and sed.',
  typescript:
    'Save it as program.mts and run node program.mts with Node 24. @banyan/client is the folder packages/client of Banyan’s source.',
  python: 'Save it as program.py and run python3 program.py; it needs nothing but Python.',
}

/** Returns what a snippet may show: a secret only while it is on the screen anyway and good for what the snippet asks. */
export type ValuesOf = (snippet: Snippet) => SnippetValues

/** Programs to copy, for each API this server speaks, against this very server. */
export function SnippetsCard({ valuesOf }: { readonly valuesOf: ValuesOf }) {
  const [{ api = 'banyan', lang = 'curl' }, change] = useDevelopersView()
  const dialect = dialects.find(({ id }) => id === api) ?? dialects[0]
  return (
    <AccountCard id="snippets" title="Call this server">
      <Choice
        label="API"
        options={dialects.map(({ id, name }) => ({ value: id, label: name, name: `The API of ${name}` }))}
        value={api}
        onChange={(id) => change({ api: id })}
      />
      <Choice label="Language" options={languageOptions} value={lang} onChange={(one) => change({ lang: one })} />
      <p className="text-sm">{dialect?.lead}</p>
      <p className="text-xs text-muted">{howToRun[lang]}</p>
      {dialect?.snippets.map((snippet) => (
        <SnippetBlock
          key={`${dialect.id} ${snippet.id}`}
          snippet={snippet}
          write={snippet[lang]}
          values={valuesOf(snippet)}
        />
      ))}
    </AccountCard>
  )
}

interface SnippetBlockProps {
  readonly snippet: Snippet
  readonly write: Snippet[Language]
  readonly values: SnippetValues
}

function SnippetBlock({ snippet: { title, note }, write, values }: SnippetBlockProps) {
  const text = write(values)
  const hasSecret = text !== write({ ...placeholders, origin: values.origin })
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5 border-t border-line pt-3">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-sm font-semibold">{title}</h3>
        {/* A new text has not been copied yet. */}
        <CopyButton key={text} text={text} label={`Copy “${title}”`} />
      </div>
      <p className="text-xs text-muted">{note}</p>
      {hasSecret ? (
        <p className="text-xs font-medium text-replay">Filled in with what was just made: it holds a secret.</p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-w-full scroll-hint overflow-x-auto rounded-md px-3 py-2 text-xs leading-relaxed">
        <code>{text}</code>
      </pre>
    </section>
  )
}

/** Returns what the address says and a function that changes parts of it. */
function useDevelopersView() {
  const search = parseDevelopersSearch({ ...useSearch({ strict: false }) })
  const navigate = useNavigate()
  const change = (part: { readonly api?: (typeof dialectIds)[number]; readonly lang?: Language }) =>
    void navigate({
      to: '/developers',
      search: parseDevelopersSearch({ ...search, ...part }),
      resetScroll: false,
      replace: true,
    })
  return [search satisfies DevelopersSearch, change] as const
}
