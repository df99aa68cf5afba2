const HTTP = /^https?:\/\//i
/** Where a URL that starts like this one goes on after a comma, something must follow that is no address of its own. */
const STARTS_ADDRESS = /^(?:[a-z][a-z0-9+.-]*:|\/\/|\s|$)/i
const ENDS_AS_IMAGE = /\.(?:jpe?g|png|webp|gif|avif|tiff?|bmp|svg|heic)$/i

/**
 * The images of one cell: trimmed pieces that are not blank. Without a separator the cell is one piece; a blank separator
 * stands for any blanks and line ends.
 *
 * URLs may hold commas and other separators themselves (`…/w_400,h_300/lamp.jpg`). In a list of complete URLs a piece
 * belongs to the one before it when it follows without a blank, starts no address, and the one before it has not ended in
 * the name of an image yet.
 */
export function splitCell(cell: string, separator: string | null): string[] {
  if (separator === null) return present([cell])
  const pieces = cell.split(separator.trim() === '' ? /\s+/ : separator)
  return present(HTTP.test(cell.trimStart()) && !/\s/.test(separator) ? rejoin(pieces, separator) : pieces)
}

/** What a platform's media are called: `506c6a_bbb95d~mv2.jpg`, or a path. Other texts in the column are no images. */
const MEDIA = /^(?![a-z][a-z0-9+.-]*:)\S*\.[a-z0-9]{2,5}$/i
/** Some media of Wix are an id without the name of a format. */
const WIX_ID = /^[0-9a-f]{6}_[0-9a-f]{32}(?:~mv2)?$/i

/** The image with the address under which its platform serves it. */
export function atMediaBase(image: string, base: string | null): string {
  return base !== null && (MEDIA.test(image) || WIX_ID.test(image)) ? base + image.replace(/^\//, '') : image
}

function rejoin(pieces: readonly string[], separator: string): string[] {
  const urls: string[][] = []
  let isUrl = false
  let before = ''
  for (const piece of pieces) {
    if (isUrl && goesOn(before, piece)) urls.at(-1)?.push(piece)
    else {
      urls.push([piece])
      isUrl = HTTP.test(piece.trimStart())
    }
    before = piece
  }
  return urls.map(parts => parts.join(separator))
}

function goesOn(before: string, piece: string): boolean {
  return !STARTS_ADDRESS.test(piece) && !/\s$/.test(before) && !ENDS_AS_IMAGE.test(before)
}

function present(pieces: readonly string[]): string[] {
  return pieces.map(piece => piece.trim()).filter(piece => piece !== '')
}
