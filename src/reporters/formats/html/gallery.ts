import { plural } from '../../../lib/text.ts'
import type { Changes } from '../../../model/step.ts'
import { imagesOf } from '../../document/images-of.ts'
import { escaped } from '../../text/escaped.ts'
import { exactText } from './text.ts'

const MOST = 20

interface Picture {
  readonly rank: number
  readonly words: string
  readonly url: string
}

/** The images of a product by rank, folded away; a browser asks for the pictures when they are unfolded. */
export function galleryOf(urls: readonly string[]): string {
  return folded(
    plural(urls.length, 'image'),
    urls.map((url, at) => ({ rank: at + 1, words: `rank ${at + 1}`, url })),
  )
}

/** How a gallery would change, in the same way. */
export function changedGalleryOf(changes: Changes): string {
  const pictures: Picture[] = [
    ...changes.removed.map(({ rank, url }) => ({ rank, words: `− rank ${rank}`, url })),
    ...changes.moved.map(({ from, to, url }) => ({ rank: to, words: `rank ${from} → ${to}`, url })),
    ...changes.added.map(({ rank, url }) => ({ rank, words: `+ rank ${rank}`, url })),
  ]
  const title = imagesOf({ image: null, images: null, changes })
  return pictures.length === 0
    ? title
    : folded(
        title,
        pictures.toSorted((a, b) => a.rank - b.rank),
      )
}

function folded(title: string, pictures: readonly Picture[]): string {
  const more = pictures.length > MOST ? `<li>and ${pictures.length - MOST} more</li>` : ''
  return `<details><summary>${title}</summary><ul class="gallery">${pictures.slice(0, MOST).map(pictureOf).join('')}${more}</ul></details>`
}

function pictureOf({ words, url }: Picture): string {
  return `<li>${frameOf(url)}<span>${words}</span>${exactText(url)}</li>`
}

/** What is no web address is text only: nothing else may be followed or asked for. */
function frameOf(url: string): string {
  if (!/^https?:\/\//i.test(url)) return ''
  const address = escaped(url)
  return `<a href="${address}" rel="noopener noreferrer"><img src="${address}" alt="" loading="lazy" width="96" height="96"></a>`
}
