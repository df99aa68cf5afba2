import stringWidth from 'string-width'

/** Most texts; taking them apart costs far more than all the rest of a line. */
const ONE_COLUMN_EACH = /^[ -~]*$/
const segmenter = new Intl.Segmenter()

/** Terminal columns that the text takes: CJK and emoji take two, combining marks none. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

/** The text followed by spaces up to this many columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** At most this many columns of the text, ending in the ellipsis where something was cut. Never splits a character. */
export function shorten(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text
  let room = Math.max(0, width - widthOf(ellipsis))
  if (ONE_COLUMN_EACH.test(text)) return text.slice(0, room) + ellipsis
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    room -= widthOf(segment)
    if (room < 0) break
    kept += segment
  }
  return kept + ellipsis
}
