import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'

/** The program of a screen cannot be had because the server does not answer. */
export class ScreenAwayError extends Error {}

/**
 * Returns a screen whose program is loaded when it is first wanted, or early (see `loadEarly`). A program that is gone although the
 * server answers was one of an older version: the router then loads the page anew, once. Where the server is silent that would lose
 * the page as well, so it is told instead, and what is shown stays.
 */
export function screen<N extends string>(load: () => Promise<Record<N, RouteComponent>>, name: N) {
  return lazyRouteComponent(async () => {
    try {
      return await load()
    } catch (cause) {
      if (await serverAnswers()) throw cause
      throw new ScreenAwayError('The server cannot be reached.', { cause })
    }
  }, name)
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return false // that is the answer
  }
}
