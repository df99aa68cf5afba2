import { truncate } from '../lib/text.ts'

/** A usable absolute URL, or why the text is none. `encoded` says that characters had to be percent-encoded. */
export type ImageUrl =
  | { readonly ok: true; readonly url: string; readonly encoded: boolean }
  | { readonly ok: false; readonly message: string }

const PLAIN = /^[\x21-\x7e]+$/
const HTTP = /^https?:\/\//i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i
/** Parsers of URLs take the first name after any number of slashes for the host. */
const HAS_HOST = /^https?:\/\/[^/?#\\]/i
const HOST_NAME = /^(https?:\/\/(?:[^/?#]*@)?)([^/?#:]+)/i
const SEVERAL = /[|,;\s]https?:\/\//i
const SHOWN = 120

/**
 * The text stays as it was written when it is a URL already; only characters that no URL may hold are encoded, once.
 * Relative paths are resolved against `base`.
 */
export function imageUrl(text: string, base: string | null): ImageUrl {
  if (HTTP.test(text) && SEVERAL.test(text)) {
    return refuse(text, 'looks like several URLs in one cell', 'Name the text between them with --separator.')
  }
  const absolute = HTTP.test(text) ? text : resolve(text, base)
  if (absolute === null) {
    if (SCHEME.test(text)) return refuse(text, 'is not an http or https URL')
    return refuse(text, 'is not a complete URL', 'Name its base with --image-base-url.')
  }
  const plain = PLAIN.test(absolute)
  const url = plain ? absolute : encode(absolute)
  if (!HAS_HOST.test(url) || !URL.canParse(url)) return refuse(text, 'is not a valid URL')
  return { ok: true, url, encoded: !plain }
}

function resolve(text: string, base: string | null): string | null {
  if (base === null || SCHEME.test(text)) return null
  const url = URL.canParse(text, base) ? new URL(text, base).href : null
  return url !== null && HTTP.test(url) ? url : null
}

/** Percent-encodes what is not printable ASCII; an existing %20 stays what it is. Hosts have an encoding of their own. */
function encode(url: string): string {
  const withHost = URL.canParse(url) ? url.replace(HOST_NAME, (_, before) => before + new URL(url).hostname) : url
  return withHost.replace(/[^\x21-\x7e]+/gu, part => encodeURIComponent(part.toWellFormed()))
}

function refuse(text: string, why: string, fix = ''): ImageUrl {
  return { ok: false, message: `"${truncate(text, SHOWN)}" ${why}.${fix === '' ? '' : ` ${fix}`}` }
}
