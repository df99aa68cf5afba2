import { EXTENSIONS, type ImageType } from './type.ts'

const LONGEST = 80
const UNNAMED = 'image'

/** A file name that is safe everywhere, from the last part of the URL's path and the real type: `sofa-7_front.jpg`. */
export function filenameOf(url: string, type: ImageType): string {
  const stem = lastPart(url)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '') // é has become e and an accent
    .replace(/\.[a-z][a-z0-9]{1,4}$/i, '')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, LONGEST)
    .replace(/[-_]+$/, '')
  return `${stem || UNNAMED}.${EXTENSIONS[type]}`
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
