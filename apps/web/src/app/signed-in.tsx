import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonLook } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { returnSearch } from '../lib/return-path.ts'
import { isSessionEnd, useSessionMark } from '../lib/session-mark.ts'
import { useAccount } from './account.ts'

interface SignedInProps {
  /** What an account is needed for, `your portfolio`. */
  readonly what: string
  /** True for a part of a screen beside others, which takes no room of its own around it. */
  readonly isPart?: boolean
  readonly children: ReactNode
}

/** A screen of an account: a visitor is told what it would show and where to sign in, and nothing is asked about them. */
export function SignedIn({ what, isPart = false, children }: SignedInProps) {
  const marked = useSessionMark()
  const { me } = useAccount()
  const { error } = useQuery({ ...me, enabled: marked })
  const href = useRouterState({ select: ({ location }) => location.href })
  if (marked && !isSessionEnd(error)) return children
  return (
    <div data-signed-out="" className={isPart ? 'w-full' : 'mx-auto w-full max-w-2xl py-8'}>
      <Notice kind="empty" title={`Sign in to see ${what}`}>
        <p>It belongs to an account, and nobody is signed in here.</p>
        <p className="mt-3 flex flex-wrap justify-center gap-2">
          <Link to="/sign-in" search={returnSearch(href)} className={buttonLook.primary}>
            Sign in
          </Link>
          <Link to="/register" className={buttonLook.quiet}>
            Make an account
          </Link>
        </p>
      </Notice>
    </div>
  )
}
