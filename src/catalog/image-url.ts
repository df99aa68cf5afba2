import { truncate } from '../lib/text.ts'

/** A usable absolute URL, or why the text is none. `encoded` says that characters had to be percent-encoded. */
export type ImageUrl =
  | { readonly ok: true; readonly url: string; readonly encoded: boolean }
  | { readonly ok: false; readonly message: string; readonly fix: string }

/** Most images: nothing in it separates, needs encoding or can be wrong, which taking it apart would find out at many times the cost. */
const USUAL = /^https?:\/\/(?!\S*xn--)(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d{1,4})?\/[\w\-.~/%+=&?@!$'()*:]*$/i
const PLAIN = /^[\x21-\x7e]+$/
const HTTP = /^https?:\/\//i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
/** Parsers of URLs take the first name after any number of slashes for the host. */
const HAS_HOST = /^https?:\/\/[^/?#\\]/i
const HOST_NAME = /^(https?:\/\/(?:[^/?#]*@)?)([^/?#:]+)/i
const NEXT_URL = /[|,;\s]https?:\/\//i
const SEVERAL_FILES = /\.(?:jpe?g|png|webp|gif|avif)\s*([|,;])[^|,;?]+\.(?:jpe?g|png|webp|gif|avif)$/i
const SHOWN = 120

/**
 * The text stays as it was written when it is a URL already; only characters that no URL may hold are encoded, once.
 * Relative paths are resolved against `base`.
 *
 * @param isPiece the text is one of several that a record lists
 */
export function imageUrl(text: string, base: string | null, isPiece = false): ImageUrl {
  if (USUAL.test(text)) return { ok: true, url: text, encoded: false }
  const separator = separatorIn(text)
  if (separator !== null) {
    return refuse(text, 'looks like several images in one cell', `Say what separates them: --separator "${separator}".`)
  }
  const absolute = HTTP.test(text) ? text : resolve(text, base)
  if (absolute === null) {
    if (SCHEME.test(text)) return refuse(text, 'is not an http or https URL', 'Put the address of the image there.')
    const list = isPiece ? ' If it is a part of a longer URL, name the text between the URLs with --separator.' : ''
    return refuse(text, 'is not a complete URL', `Name its base with --image-base-url.${list}`)
  }
  const plain = PLAIN.test(absolute)
  const url = plain ? absolute : encode(absolute)
  if (!HAS_HOST.test(url) || !URL.canParse(url)) return refuse(text, 'is not a valid URL', 'Correct it in the feed.')
  return { ok: true, url, encoded: !plain }
}

/** What stands between the images when there are several; a blank for any blanks. */
function separatorIn(text: string): string | null {
  const at = HTTP.test(text) ? text.search(NEXT_URL) : -1
  if (at === -1) return SEVERAL_FILES.exec(text.slice(-SHOWN))?.[1] ?? null
  // Looked for backwards, as a pattern for blanks of any number takes quadratic time.
  const before = text.slice(0, at + 1).trimEnd()
  return /[|,;]$/.exec(before)?.[0] ?? ' '
}

/**
 * A base is the folder of the media, with or without a slash at its end, and paths in exports are counted from it also when
 * they begin with a slash, as Magento's do (`/m/b/lamp.jpg`).
 */
function resolve(text: string, base: string | null): string | null {
  if (base === null || SCHEME.test(text)) return null
  const folder = base.replace(/\/*$/, '/')
  const path = text.startsWith('//') ? text : text.replace(/^\//, '')
  const url = URL.canParse(path, folder) ? new URL(path, folder).href : null
  return url !== null && HTTP.test(url) ? url : null
}

/** Percent-encodes what is not printable ASCII; an existing %20 stays what it is. Hosts have an encoding of their own. */
function encode(url: string): string {
  const withHost = URL.canParse(url) ? url.replace(HOST_NAME, (_, before) => before + new URL(url).hostname) : url
  return withHost.replace(/[^\x21-\x7e]+/gu, part => encodeURIComponent(part.toWellFormed()))
}

function refuse(text: string, why: string, fix: string): ImageUrl {
  return { ok: false, message: `"${truncate(text, SHOWN)}" ${why}.`, fix }
}
