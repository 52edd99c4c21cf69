// Chooses light or dark before the first paint. A file of its own because the page's CSP allows no inline script.
{
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const chosen = remembered()
    document.documentElement.dataset.theme = chosen ?? (system.matches ? 'dark' : 'light')
  }
  system.addEventListener('change', apply)
  apply()

  function remembered() {
    try {
      const text = localStorage.getItem('banyan.theme')
      return text === 'dark' || text === 'light' ? text : null
    } catch {
      return null // storage is blocked: the system's preference it is
    }
  }
}
