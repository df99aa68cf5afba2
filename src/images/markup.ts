const BYTE_ORDER_MARK = '\xef\xbb\xbf'
const SVG = /^<(?:!DOCTYPE\s+svg|(?:\w+:)?svg)[\s>/]/i
const HTML = /^<(?:!DOCTYPE\s+html|html|head|body|title|meta|script|div)[\s>/]/i

/** True when the first element is `svg`, in any XML namespace prefix. The text has one character per byte. */
export function isSvg(text: string): boolean {
  return SVG.test(firstElement(text))
}

/** True when it begins as web pages do. */
export function isHtml(text: string): boolean {
  return HTML.test(firstElement(text))
}

/** The text from its first tag that is neither an XML declaration nor a comment. */
function firstElement(text: string): string {
  let rest = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text
  for (;;) {
    rest = rest.trimStart()
    const closing = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : null
    if (closing === null) return rest
    const end = rest.indexOf(closing)
    if (end === -1) return ''
    rest = rest.slice(end + closing.length)
  }
}
