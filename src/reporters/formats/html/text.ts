import type { Line } from '../../document/lines.ts'
import { badge, type Word } from '../../style.ts'
import { escaped } from '../../text/escaped.ts'

/** Foreign text whose direction of writing stays its own. */
export function foreignText(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`
}

/** Codes, keys, addresses: foreign text in which every character counts. */
export function exactText(text: string): string {
  return `<bdi class="x">${escaped(text)}</bdi>`
}

/** What people call an item: its code, and the key where the target knows it under another one; then which of its images is meant. */
export function itemName({ code, key, image }: Pick<Line, 'code' | 'key' | 'image'>): string {
  if (code === null) return '<i>(no code)</i>'
  const more = [...(key === null || key === code ? [] : [key]), ...(image === null ? [] : [image])]
  return exactText(code) + more.map(text => ` <small>${exactText(text)}</small>`).join('')
}

/** Symbol and word on their colour. */
export function label(word: Word): string {
  return `<b class="l ${TONES[word]}">${badge({ color: false, unicode: true }, word)}</b>`
}

export type Tone = 'good' | 'change' | 'gone' | 'calm' | 'bad' | 'warning' | 'doubt'

/** The colour that words share; colours are said again by symbol and word. */
export const TONES: Readonly<Record<Word, Tone>> = {
  created: 'good',
  create: 'good',
  accepted: 'good',
  updated: 'change',
  update: 'change',
  deleted: 'gone',
  delete: 'gone',
  unchanged: 'calm',
  same: 'calm',
  failed: 'bad',
  missing: 'bad',
  differs: 'change',
  moved: 'change',
  extra: 'warning',
  rejected: 'warning',
  reject: 'warning',
  skipped: 'warning',
  warning: 'warning',
  notice: 'warning',
  unknown: 'doubt',
  unreadable: 'doubt',
}
