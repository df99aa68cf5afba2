import { digest } from '../../lib/hash.ts'

const PREFIX = 'assetsync-'
const HEX_DIGITS = 20
const OWN = new RegExp(`^${PREFIX}[0-9a-f]{${HEX_DIGITS}}$`)

/** An image's identity: ProductAI knows no ranks, so it is the product and the address. */
export function keyOf(code: string, url: string): string {
  return `${code} ${url}`
}

/** The tag by which the asset of an image is found again, whether or not there is a ledger. */
export function tagOf(key: string): string {
  const hash = Buffer.from(digest(JSON.stringify(['productai', key])), 'base64url')
  return `${PREFIX}${hash.toString('hex').slice(0, HEX_DIGITS)}`
}

/** True for tags that {@link tagOf} makes. */
export function isOwn(tag: string): boolean {
  return OWN.test(tag)
}

/** True for a tag that could be taken for one of ours, whatever ProductAI makes of case and blanks. */
export function looksOwn(tag: string): boolean {
  return tag.trim().toLowerCase().startsWith(PREFIX)
}
