/** An image of a product with the position its record gave it, if any. */
export interface PositionedImage {
  readonly url: string
  readonly position: number | null
  /** Which record it came from, to tell two images of one record from two records at one position. */
  readonly record: number
}

export interface Ranked {
  readonly gallery: readonly string[]
  /** URLs that were there before and were left out. */
  readonly duplicates: readonly string[]
  /** A position that several records claim, or null. */
  readonly conflict: number | null
}

/** So many are compared with each other in less time than a set takes to be made. */
const FEW = 16

/**
 * Images with a position first, by position; then those without; both in the order of the feed. A URL that repeats
 * keeps its first place. Ranks are 1, 2, 3 … whatever the positions were.
 */
export function rank(images: readonly PositionedImage[]): Ranked {
  const ordered = images.some(image => image.position !== null) ? images.toSorted(byPosition) : images
  const gallery: string[] = []
  const seen = images.length > FEW ? new Set<string>() : null
  const duplicates: string[] = []
  let conflict: number | null = null
  let previous: PositionedImage | null = null
  for (const image of ordered) {
    if (seen === null ? gallery.includes(image.url) : seen.has(image.url)) {
      duplicates.push(image.url)
      continue
    }
    if (image.position !== null && image.position === previous?.position && image.record !== previous.record) {
      conflict ??= image.position
    }
    gallery.push(image.url)
    seen?.add(image.url)
    previous = image
  }
  return { gallery, duplicates, conflict }
}

function byPosition(a: PositionedImage, b: PositionedImage): number {
  return (a.position ?? Number.POSITIVE_INFINITY) - (b.position ?? Number.POSITIVE_INFINITY) || 0
}
