/** Returns by what two spellings are the same tag. */
export function tagKey(tag: string): string {
  return tag.trim().toLowerCase()
}

/** Returns the tags trimmed, the first spelling of each. */
export function mergeTags(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>()
  for (const tag of tags) if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag.trim())
  return [...byKey.values()]
}
