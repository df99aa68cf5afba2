import type { HttpRequest } from '../../model/http.ts'
import type { ImageFile } from '../../model/image.ts'
import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import type { Label } from './label.ts'
import type { ProductAiOptions } from './options.ts'
import { bodyOf, labelFor } from './payload.ts'

/** "Supported formats: JPEG, PNG, WebP. Max size: 10MB", of which this is the smaller reading. */
const TYPES = ['image/jpeg', 'image/png', 'image/webp']
const MAX_BYTES = 10_000_000

export type Content = Pick<HttpRequest, 'headers' | 'body'>

/** The body that uploads the item's image, or the verdict that there is nothing to upload. */
export async function contentOf(
  item: SentItem,
  io: Pick<Io, 'image'>,
  { upload }: ProductAiOptions,
): Promise<Content | Verdict> {
  const [url = ''] = item.gallery
  if (upload === 'url') return linkTo(url, labelFor(item))
  const image = await io.image(url)
  if (image.kind === 'problem') return failed(image.reason, image.message)
  return unfit(image) ?? (await formOf(image, labelFor(item)))
}

function linkTo(url: string, label: Label): Content {
  const body = Buffer.from(JSON.stringify(bodyOf(url, label)))
  return { headers: { 'content-type': 'application/json' }, body }
}

function unfit({ type, size }: ImageFile): Verdict | null {
  if (!TYPES.includes(type)) {
    return failed('image-type-unsupported', `ProductAI takes JPEG, PNG and WebP; this image is ${type}.`)
  }
  if (size <= MAX_BYTES) return null
  return failed('image-too-large', `ProductAI takes files of at most 10 MB; this image has ${size} bytes.`)
}

/** The names of the fields are those of the document's example for curl. */
async function formOf(image: ImageFile, { name, tags }: Label): Promise<Content> {
  const form = new FormData()
  form.append('file', new Blob([Buffer.from(await image.read())], { type: image.type }), image.filename)
  if (name !== '') form.append('name', name)
  for (const tag of tags) form.append('tags[]', tag)
  const multipart = new Response(form) // makes the boundary and names it in the content type
  return {
    headers: { 'content-type': multipart.headers.get('content-type') ?? '' },
    body: new Uint8Array(await multipart.arrayBuffer()),
  }
}

function failed(reason: string, message: string): Verdict {
  return { status: 'failed', reason, message, remoteId: null, http: null, requestId: null }
}
