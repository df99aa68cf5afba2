import { FeedError } from '../model/errors.ts'

/** A piece of a document that may be parsed. */
export interface Stretch {
  readonly text: string
  /** Null, or the last character of the text is a fault, which goes on like this. */
  readonly fault: string | null
}

interface Mark {
  readonly start: number
  readonly end: number
  /** What the text is to be searched for next, if not for marks. */
  readonly closer: string | null
  readonly isFault: boolean
}

/** Longer than any mark and any reference: so much is held back, because one of them may begin there. */
const LOOKAHEAD = 40

/** Half a reference at the very end is none: there the document is cut off. */
const MARKS = /<!\[CDATA\[|<!--|<\?|<!ENTITY|&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);|[#\w]{0,30}$)/g
const CLOSERS = new Map([
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
])

/**
 * Finds references to entities that XML does not define, and declarations of entities, ahead of the parser: that reads
 * on from a bare `&` to the next semicolon, however far away, before it knows that something is wrong.
 */
export class References {
  #held = ''
  /** What ends the CDATA section, comment or processing instruction that the text is in. */
  #closer: string | null = null

  /** Takes the next piece of the document; its end is given back with the piece after it. */
  pass(piece: string, isLast: boolean): Stretch {
    const text = this.#held + piece
    const safe = isLast ? text.length : Math.max(0, text.length - LOOKAHEAD)
    let at = 0
    while (at < safe) {
      const mark = this.#closer === null ? findMark(text, at) : findCloser(text, at, this.#closer)
      if (mark === null || mark.start >= safe) break
      if (mark.isFault) {
        return { text: text.slice(0, mark.start + 1), fault: text.slice(mark.start, mark.start + LOOKAHEAD) }
      }
      at = mark.end
      this.#closer = mark.closer
    }
    const end = Math.max(at, safe)
    this.#held = text.slice(end)
    return { text: text.slice(0, end), fault: null }
  }
}

/** What people read of a fault at this place. */
export function refusedReference(place: string, fault: string): FeedError {
  if (fault.startsWith('<')) {
    return new FeedError(`${place}: the DOCTYPE declares entities, which are not expanded`, {
      fix: 'Leave the DOCTYPE out, and write the texts themselves where their entities are.',
    })
  }
  const entity = /^&[A-Za-z][\w.-]*;/.exec(fault)?.[0]
  if (entity === undefined) return new FeedError(`${place}: a bare &`, { fix: 'Write it as &amp;.' })
  return new FeedError(`${place}: ${entity} is not defined in XML`, {
    fix: 'Write the character itself or its number, such as &#160; for &nbsp;.',
  })
}

function findMark(text: string, from: number): Mark | null {
  MARKS.lastIndex = from
  const found = MARKS.exec(text)
  if (found === null) return null
  const closer = CLOSERS.get(found[0]) ?? null
  return { start: found.index, end: MARKS.lastIndex, closer, isFault: closer === null }
}

function findCloser(text: string, from: number, closer: string): Mark | null {
  const start = text.indexOf(closer, from)
  return start === -1 ? null : { start, end: start + closer.length, closer: null, isFault: false }
}
