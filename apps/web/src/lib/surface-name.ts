const names: Readonly<Record<string, string>> = {
  api: 'web and API',
  kotak: 'Kotak API',
  synapsewave: 'Synapsewave API',
  command: 'command line of the server',
}

/** Returns through which of the server's doors something came; one of a newer server by its own name. */
export function surfaceName(surface: string): string {
  return names[surface] ?? surface
}
