import { type ReactNode, useState } from 'react'
import { Notice } from '../../components/notice.tsx'
import { hideAmounts, useHiddenAmounts } from '../../lib/hidden-amounts.ts'

/**
 * What cannot be used without amounts. While they are hidden it is not put on the page, since a field keeps what it does not show; once it is
 * there it is only covered, so that nothing typed is lost.
 */
export function AmountsShown({ children }: { readonly children: ReactNode }) {
  const hidden = useHiddenAmounts()
  const [wasShown, setWasShown] = useState(!hidden)
  if (!hidden && !wasShown) setWasShown(true)
  return (
    <>
      {hidden ? (
        <Notice
          kind="empty"
          title="Amounts are hidden"
          action={{ label: 'Show amounts', run: () => hideAmounts(false) }}
        >
          Quantity, prices and fees are edited as they stand, so the editor waits until they may be seen.
        </Notice>
      ) : null}
      {hidden && !wasShown ? null : <div hidden={hidden}>{children}</div>}
    </>
  )
}
