import { isHtml, isSvg } from './markup.ts'

/** Every type that is recognised, with its file extension. */
export const EXTENSIONS = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
} as const

export type ImageType = keyof typeof EXTENSIONS

/** As much of a file's beginning as decides its type; an SVG may have long comments before its first element. */
export const HEAD_BYTES = 4096

/** First bytes, one per character; a question mark stands for any. */
const SIGNATURES: readonly (readonly [ImageType, readonly string[]])[] = [
  ['image/jpeg', ['\xff\xd8\xff']],
  ['image/png', ['\x89PNG\r\n\x1a\n']],
  ['image/webp', ['RIFF????WEBP']],
  ['image/gif', ['GIF87a', 'GIF89a']],
  ['image/tiff', ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']],
  // Many a text begins with BM: in a bitmap two fields that must be zero and the size of the next header follow.
  ['image/bmp', ['\x0c', '\x28', '\x6c', '\x7c'].map(size => `BM????\0\0\0\0????${size}\0\0\0`)],
  ['application/pdf', ['%PDF-']],
]

/** The brands for still pictures and their sequences: https://mp4ra.org/registered-types/brands */
const BRANDS: readonly (readonly [ImageType, readonly string[]])[] = [
  ['image/avif', ['avif', 'avis']],
  ['image/heic', ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']],
]

/** The type that the first bytes show, or null for what is no picture. */
export function imageType(head: Uint8Array): ImageType | null {
  const text = latin1(head)
  return signedType(text) ?? brandedType(text) ?? (isSvg(text) ? 'image/svg+xml' : null)
}

/** What it is that is no picture, as a clause. */
export function describeOther(head: Uint8Array): string {
  if (head.length === 0) return 'the answer is empty'
  if (isHtml(latin1(head))) return 'the answer is an HTML page, perhaps a login or an error page'
  return `the answer is none of ${Object.values(EXTENSIONS).join(', ')}`
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function signedType(text: string): ImageType | null {
  return SIGNATURES.find(([, patterns]) => patterns.some(pattern => begins(text, pattern)))?.[0] ?? null
}

function begins(text: string, pattern: string): boolean {
  return [...pattern].every((wanted, at) => at < text.length && (wanted === '?' || text[at] === wanted))
}

/** ISO media files begin with a box that lists what they can be read as: size, "ftyp", main brand, version, more brands. */
function brandedType(text: string): ImageType | null {
  if (!begins(text, '\0\0??ftyp????')) return null
  const end = text.charCodeAt(2) * 256 + text.charCodeAt(3)
  const places = Array.from({ length: Math.floor(end / 4) }, (_, at) => at * 4).filter(at => at === 8 || at >= 16)
  const brands = places.map(at => text.slice(at, at + 4))
  return BRANDS.find(([, names]) => brands.some(brand => names.includes(brand)))?.[0] ?? null
}
