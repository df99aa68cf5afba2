/** Endings that say what a file is. Media Pocket documents no list of formats; these are what catalogs hold. */
const EXTENSIONS = 'jpg jpeg png gif webp avif tif tiff bmp svg heic heif jxl psd eps pdf mp4 mov webm'.split(' ')
const USUAL = 'jpg'
const UNNAMED = 'image'
const LONGEST = 80

/** The required name of an image file, from the last part of the URL's path; always with an extension: `sofa-7.jpg`. */
export function filenameOf(url: string): string {
  const part = lastPart(url)
  const [, before = part, ending = ''] = /^(.*)\.([a-z0-9]{2,4})$/is.exec(part) ?? []
  const extension = ending.toLowerCase()
  return EXTENSIONS.includes(extension) ? `${safe(before)}.${extension}` : `${safe(part)}.${USUAL}`
}

function lastPart(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const part = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a percent sign that encodes nothing
  }
}

/** Letters and digits of any script stay; nothing that means something in a path, a shell or a header does. */
function safe(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[-_.\p{M}]+/u, '')
  const short = [...plain].slice(0, LONGEST).join('')
  return short.replace(/[-_.]+$/, '') || UNNAMED
}
