import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import type { Io } from '../target.ts'
import { rest } from './address.ts'
import { unreadable } from './answers.ts'
import type { Attribute } from './family.ts'

/** What goes into the media attribute of the item's asset, or the verdict that there is nothing. */
export async function mediaOf(
  { gallery: [url = ''] }: SentItem,
  attribute: Attribute,
  io: Io,
): Promise<string | Verdict> {
  return attribute.type === 'media_file' ? upload(url, io) : linkTo(url, attribute)
}

/** The PIM itself puts prefix and suffix around the data, so they must not be in it. */
function linkTo(url: string, { code, prefix, suffix }: Attribute): string | Verdict {
  const fits = url.startsWith(prefix) && url.endsWith(suffix) && url.length >= prefix.length + suffix.length
  if (fits) return url.slice(prefix.length, url.length - suffix.length)
  const frame = [prefix && `starts with "${prefix}"`, suffix && `ends with "${suffix}"`].filter(text => text !== '')
  const message = `Akeneo makes every address of "${code}" so that it ${frame.join(' and ')}; ${url} does not.`
  return failed('prefix-mismatch', message)
}

/** The code of the new media file is in a header; the answer has no body. */
async function upload(url: string, io: Io): Promise<string | Verdict> {
  const image = await io.image(url)
  if (image.kind === 'problem') return failed(image.reason, image.message)
  const form = new FormData()
  form.append('file', new Blob([Buffer.from(await image.read())], { type: image.type }), image.filename)
  const multipart = new Response(form) // makes the boundary and names it in the content type
  const response = await io.send({
    method: 'POST',
    url: rest(io, 'asset-media-files'),
    headers: { 'content-type': multipart.headers.get('content-type') ?? '' },
    body: new Uint8Array(await multipart.arrayBuffer()),
  })
  const code = response.headers['asset-media-file-code']
  if (response.status !== 201 || !code) throw unreadable(response, 'no Asset-media-file-code')
  return code
}

function failed(reason: string, message: string): Verdict {
  return { status: 'failed', reason, message, remoteId: null, http: null, requestId: null }
}
