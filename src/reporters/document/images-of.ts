import { plural } from '../../lib/text.ts'
import type { Line } from './lines.ts'

/** What the line says of images: which one or how many it is about, or how a plan would change them; empty when it says nothing. */
export function imagesOf({ image, images, changes }: Pick<Line, 'image' | 'images' | 'changes'>): string {
  if (image !== null) return image
  if (changes === null) return images === null || images === 0 ? '' : plural(images, 'image')
  const { added, removed, moved, other } = changes
  return [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ...(moved.length > 0 ? [`${moved.length} moved`] : []),
    ...(other ? ['other values'] : []),
  ].join(', ')
}
