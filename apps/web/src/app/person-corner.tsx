import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { sentenceOf } from '../lib/problem.ts'
import { returnSearch } from '../lib/return-path.ts'
import { useSessionMark } from '../lib/session-mark.ts'
import { leaveAccount, useAccount } from './account.ts'

const look =
  'grid h-8 min-w-8 pointer-coarse:h-11 pointer-coarse:min-w-11 place-items-center rounded-md border border-line bg-surface px-2.5 text-sm font-medium'

/** In the header: the way in, or who is in. */
export function PersonCorner() {
  return useSessionMark() ? <PersonMenu /> : <SignInLink />
}

function SignInLink() {
  const href = useRouterState({ select: ({ location }) => location.href })
  return (
    <Link to="/sign-in" search={returnSearch(href)} className={`${look} whitespace-nowrap hover:bg-raised`}>
      Sign in
    </Link>
  )
}

function PersonMenu() {
  const { me } = useAccount()
  const { data } = useQuery(me)
  const signOut = useSignOut()
  const [problem, setProblem] = useState<string | null>(null)
  const leave = async (event: Event) => {
    event.preventDefault() // the menu stays, to say so where it fails
    try {
      await signOut()
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  const name = data?.user.name ?? data?.email ?? 'Account'
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger aria-label={`Account of ${name}`} className={`${look} hover:bg-raised`}>
        <span className="max-w-32 truncate max-sm:hidden">{name}</span>
        <span aria-hidden="true" className="sm:hidden">
          {name.slice(0, 1).toUpperCase()}
        </span>
      </DropdownMenu.Trigger>
      {/* Not in a portal: it belongs to the header's landmark. */}
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        className="z-50 min-w-44 rounded-lg border border-line bg-surface p-1 text-sm text-ink shadow-lg"
      >
        {data ? (
          <DropdownMenu.Label className="px-2.5 py-1.5 text-xs text-muted">{data.email}</DropdownMenu.Label>
        ) : null}
        <DropdownMenu.Item asChild>
          <Link to="/account" className={item}>
            Account
          </Link>
        </DropdownMenu.Item>
        <DropdownMenu.Item asChild>
          <Link to="/developers" search={{}} className={item}>
            Developers
          </Link>
        </DropdownMenu.Item>
        <DropdownMenu.Item onSelect={(event) => void leave(event)} className={item}>
          Sign out
        </DropdownMenu.Item>
        {problem === null ? null : (
          <p role="alert" className="px-2.5 py-1.5 text-xs text-warn">
            {problem}
          </p>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

const item =
  'block cursor-pointer rounded-md px-2.5 py-1.5 pointer-coarse:py-3 outline-none data-[highlighted]:bg-raised'

/** Returns how one signs out: the server ends the session and takes the cookie back, then the page forgets and shows the market. */
export function useSignOut(): () => Promise<void> {
  const { client } = useAccount()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await client.logout()
    await navigate({ to: '/', search: {} })
    leaveAccount(queries)
  }
}
