import type { Held, RankedUrl } from '../model/item.ts'
import type { Changes, SendStep } from '../model/step.ts'

/** How the gallery of the item changes at the target. */
export function changesIn({ changes, item }: SendStep): Changes {
  return changes ?? compareGalleries([], item.gallery)
}

/** What a gallery gains, loses and moves against what the target holds. */
export function compareGalleries(held: readonly string[], wanted: readonly string[]): Changes {
  const before = ranksOf(held)
  const after = ranksOf(wanted)
  const added = [...after].filter(([url]) => !before.has(url)).map(([url, rank]) => ({ rank, url }))
  const removed = [...before].filter(([url]) => !after.has(url)).map(([url, rank]) => ({ rank, url }))
  const moved = [...after].flatMap(([url, to]) => {
    const from = before.get(url)
    return from === undefined || from === to ? [] : [{ url, from, to }]
  })
  return { added, removed, moved, other: added.length + removed.length + moved.length === 0 }
}

/**
 * The ranks that the target keeps although the gallery ends before them: those it was sent earlier, in this gallery or
 * before it.
 */
export function tailAfter(held: Held | undefined, gallery: readonly string[]): RankedUrl[] {
  if (held === undefined) return []
  const written = held.gallery.map((url, at) => ({ rank: at + 1, url }))
  return [...written, ...held.tail].filter(({ rank }) => rank > gallery.length)
}

function ranksOf(gallery: readonly string[]): Map<string, number> {
  return new Map(gallery.map((url, at) => [url, at + 1]))
}
