export type ImageFormat = 'jpeg' | 'png' | 'webp'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const JPEG = Buffer.from('ffd8ff', 'hex')

/** What the first bytes say, whatever the file's name and type; null for anything that the vendor does not take. */
export function formatOfBytes(bytes: Buffer): ImageFormat | null {
  if (bytes.subarray(0, JPEG.length).equals(JPEG)) return 'jpeg'
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'png'
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
  return isWebp ? 'webp' : null
}

/** What a URL's ending promises; the sandbox does not fetch it. JPEG where it promises nothing. */
export function formatOfUrl(url: URL): ImageFormat {
  const [, ending] = /\.(png|webp)$/i.exec(url.pathname) ?? []
  return ending?.toLowerCase() === 'webp' ? 'webp' : ending ? 'png' : 'jpeg'
}
