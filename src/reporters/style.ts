import { styleText } from 'node:util'
import type { Status } from '../model/outcome.ts'
import type { Action } from '../model/step.ts'
import type { Condition } from '../model/verification.ts'
import type { Look } from './reporter.ts'

export type Color = 'red' | 'green' | 'yellow' | 'cyan' | 'magenta' | 'dim' | 'bold'

/** A status of an outcome, an action of a plan, the condition of an image, or a remark about the feed. */
export type Word = Status | Action | Condition | 'warning' | 'notice'

interface Sign {
  readonly unicode: string
  readonly ascii: string
  readonly color: Color
}

const CREATE: Sign = { unicode: '+', ascii: '+', color: 'green' }
const UPDATE: Sign = { unicode: '~', ascii: '~', color: 'cyan' }
const DELETE: Sign = { unicode: '-', ascii: '-', color: 'magenta' }
const SAME: Sign = { unicode: '=', ascii: '=', color: 'dim' }
const FAILED: Sign = { unicode: '✗', ascii: 'x', color: 'red' }
const REJECT: Sign = { unicode: '!', ascii: '!', color: 'yellow' }
const UNKNOWN: Sign = { unicode: '?', ascii: '?', color: 'magenta' }

const SIGNS: Record<Word, Sign> = {
  created: CREATE,
  create: CREATE,
  updated: UPDATE,
  update: UPDATE,
  accepted: { unicode: '✓', ascii: '*', color: 'green' },
  unchanged: SAME,
  same: SAME,
  deleted: DELETE,
  delete: DELETE,
  failed: FAILED,
  missing: FAILED,
  differs: UPDATE,
  moved: UPDATE,
  extra: CREATE,
  rejected: REJECT,
  reject: REJECT,
  skipped: { unicode: '○', ascii: 'o', color: 'yellow' },
  unknown: UNKNOWN,
  unreadable: UNKNOWN,
  warning: REJECT,
  notice: REJECT,
}

const UNICODE_MARKS = { times: '×', arrow: '→', ellipsis: '…', separator: '·', good: '✓', warning: '!', bad: '✗' }
const ASCII_MARKS = { times: 'x', arrow: '->', ellipsis: '...', separator: '|', good: '*', warning: '!', bad: 'x' }

/** The marks between words, for terminals with and without Unicode. */
export function marks(look: Pick<Look, 'unicode'>): Readonly<typeof UNICODE_MARKS> {
  return look.unicode ? UNICODE_MARKS : ASCII_MARKS
}

/** The text in this colour where colours are wanted. Whether they are is the caller's decision, not the stream's. */
export function paint(look: Pick<Look, 'color'>, color: Color, text: string): string {
  return look.color ? styleText(color, text, { validateStream: false }) : text
}

/** The text in the colour of the word. */
export function paintAs(look: Pick<Look, 'color'>, word: Word, text: string): string {
  return paint(look, SIGNS[word].color, text)
}

/** Symbol and word, never the colour alone: "✗ failed". */
export function badge(look: Pick<Look, 'color' | 'unicode'>, word: Word, text: string = word): string {
  const sign = look.unicode ? SIGNS[word].unicode : SIGNS[word].ascii
  return paintAs(look, word, `${sign} ${text}`)
}

/** Letters that are written from right to left: Hebrew, Arabic and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Foreign text that was made printable, kept from turning round the words and numbers beside it on terminals that reorder. Where
 * nothing limits the width nobody looks at it, and it stays as it is.
 */
export function isolated(look: Pick<Look, 'unicode' | 'width'>, text: string): string {
  if (!look.unicode || !Number.isFinite(look.width) || !RIGHT_TO_LEFT.test(text)) return text
  return `\u2068${text}\u2069`
}
