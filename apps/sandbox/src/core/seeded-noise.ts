/** Numbers that look random and follow from what they are asked with. */
export interface SeededNoise {
  /** Returns -1 ≤ x < 1 for a whole number; neighbours have nothing in common. */
  at(index: number): number
  /** Returns a curve through `at` of every whole number, without corners. */
  smooth(place: number): number
}

/** Returns the noise of a seed and a name; every pair has its own. */
export function createNoise(seed: number, name: string): SeededNoise {
  const key = hashText(`${seed}/${name}`)
  const at = (index: number) => mix(key ^ Math.imul(index | 0, 0x9e3779b1)) / 0x8000_0000 - 1
  return {
    at,
    smooth(place) {
      const left = Math.floor(place)
      const x = place - left
      const [a, b] = [at(left), at(left + 1)]
      return a + (b - a) * x * x * (3 - 2 * x)
    },
  }
}

/** Returns 0 ≤ x < 2³². FNV-1a. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
