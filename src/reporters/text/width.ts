import stringWidth from 'string-width'

/** Most texts; taking them apart costs far more than all the rest of a line. */
const ONE_COLUMN_EACH = /^[ -~]*$/
const segmenter = new Intl.Segmenter()

/** Characters of a long text are told apart in slices of so many units: the time for one text grows with its square. */
const SLICE = 200

/** Terminal columns that the text takes: CJK and emoji take two, combining marks none. */
export function widthOf(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length
  let width = 0
  for (const slice of slices(text)) width += stringWidth(slice)
  return width
}

/** Cut between characters. */
function* slices(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const slice = text.slice(start, start + SLICE)
    const isLast = start + SLICE >= text.length
    // The last character of a slice may go on in the next one, and so may the one before when the slice ends in half a code point.
    const end = isLast ? slice.length : startOfLast(slice, startOfLast(slice, slice.length))
    yield end === 0 ? slice : slice.slice(0, end)
    start += end === 0 ? slice.length : end
  }
}

/** Where the last character before `end` starts; 0 when there is none. */
function startOfLast(text: string, end: number): number {
  return segmenter.segment(text).containing(end - 1)?.index ?? 0
}

function* charactersOf(text: string): Generator<string> {
  for (const slice of slices(text)) for (const { segment } of segmenter.segment(slice)) yield segment
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
  for (const character of charactersOf(text)) {
    room -= widthOf(character)
    if (room < 0) break
    kept += character
  }
  return kept + ellipsis
}

/** At most this many columns of the text, cut in its middle: the end of an address says which image it is. */
export function shortenMiddle(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text
  const room = Math.max(0, width - widthOf(ellipsis))
  const end = Math.ceil(room / 2)
  const characters = ONE_COLUMN_EACH.test(text) ? [...text] : [...charactersOf(text)]
  return (
    leading(characters, room - end).join('') + ellipsis + leading(characters.toReversed(), end).toReversed().join('')
  )
}

/**
 * The text in lines of at most this many columns, broken at blanks; a word that is longer has a line of its own. The first line
 * may have another width.
 */
export function wrap(text: string, firstWidth: number, width: number = firstWidth): string[] {
  if (widthOf(text) <= firstWidth) return [text]
  const lines: string[] = []
  let line: string | null = null
  for (const word of text.split(' ')) {
    const longer: string = line === null ? word : `${line} ${word}`
    if (line !== null && widthOf(longer) > (lines.length === 0 ? firstWidth : width)) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line ?? '']
}

function leading(characters: readonly string[], width: number): string[] {
  let room = width
  const end = characters.findIndex(character => {
    room -= widthOf(character)
    return room < 0
  })
  return characters.slice(0, end === -1 ? characters.length : end)
}
