import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

/** Returns the theme in force. The attribute that `theme.js` sets before the first paint is the only place it is kept. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current)
}

/** Switches to `theme` and remembers it in this browser, where storage is allowed. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem('banyan.theme', theme)
  } catch (error) {
    console.info('The browser refuses to remember the theme.', error)
  }
}

function current(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-market'] })
  return () => observer.disconnect()
}
