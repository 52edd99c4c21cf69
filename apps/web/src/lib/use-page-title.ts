import { useEffect } from 'react'

/** Names the page in the browser's tab and history while the component is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Banyan`
    return () => {
      document.title = 'Banyan'
    }
  }, [title])
}
