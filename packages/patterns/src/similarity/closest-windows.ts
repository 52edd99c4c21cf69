/** A window by its position among all closes, and its squared distance. */
export interface FoundWindow {
  readonly position: number
  readonly squared: number
}

/** The windows that can be among the k closest without overlap, found so far. */
export interface ClosestWindows {
  /** Returns the squared distance beyond which no window can be among them any more; Infinity at first, never rises. */
  limit(): number
  /** Lowers the limit by a window that will be offered later. */
  foresee(position: number, squared: number): void
  /** Notes a window; one beyond the limit is passed over. */
  offer(position: number, squared: number): void
  /** Returns all windows noted that are still within the limit. */
  list(): readonly FoundWindow[]
}

/** Distances are compared after a square root, which makes neighbouring squares equal. */
const tie = 1 + 1e-9

/**
 * Returns an empty collection for the `k` closest windows of `length`. They are chosen by distance, each that overlaps no closer
 * chosen one. A window found later may overlap two that would have been chosen and take the place of both, so the limit is the
 * distance of the last of 2k − 1 windows that do not overlap each other: each of them is chosen in the end or overlaps a chosen
 * one at least as close, and no window overlaps more than two of them, so at least k are chosen within the limit.
 */
export function createClosestWindows(k: number, length: number): ClosestWindows {
  const size = 2 * k - 1
  const apart: FoundWindow[] = []
  let noted: FoundWindow[] = []
  let roomFor = 1_024
  let limit = Number.POSITIVE_INFINITY

  /** Keeps `apart` free of overlaps: a window joins where it touches none, or takes the place of one further away. */
  function tighten(window: FoundWindow): void {
    const overlapped = apart.findIndex((other) => Math.abs(other.position - window.position) < length)
    const isAlone = overlapped === apart.findLastIndex((other) => Math.abs(other.position - window.position) < length)
    if (!isAlone || window.squared >= (apart[overlapped]?.squared ?? limit)) return
    if (overlapped >= 0) apart.splice(overlapped, 1)
    apart.splice(apart.findLastIndex((other) => other.squared <= window.squared) + 1, 0, window)
    if (apart.length > size) apart.pop()
    if (apart.length === size) limit = apart.at(-1)?.squared ?? limit
  }

  const withinLimit = ({ squared }: FoundWindow) => squared <= limit * tie
  return {
    limit: () => limit,
    foresee: (position, squared) => tighten({ position, squared }),
    offer(position, squared) {
      const window = { position, squared }
      if (!withinLimit(window)) return
      noted.push(window)
      tighten(window)
      if (noted.length < roomFor) return
      noted = noted.filter(withinLimit)
      roomFor = Math.max(1_024, 2 * noted.length)
    },
    list: () => noted.filter(withinLimit),
  }
}
