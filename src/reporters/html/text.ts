import { escaped } from '../escaped.ts'
import { badge, type Word } from '../style.ts'

/** Foreign text whose direction of writing stays its own. */
export function foreignText(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`
}

/** Codes, keys, addresses: foreign text in which every character counts. */
export function exactText(text: string): string {
  return `<bdi class="x">${escaped(text)}</bdi>`
}

/** What people call an item: its code, and the key where the target knows it under another one. */
export function itemName({ code, key }: { readonly code: string | null; readonly key: string | null }): string {
  if (code === null) return '<i>(no code)</i>'
  return exactText(code) + (key === null || key === code ? '' : ` <small>${exactText(key)}</small>`)
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
  failed: 'bad',
  rejected: 'warning',
  reject: 'warning',
  skipped: 'warning',
  warning: 'warning',
  notice: 'warning',
  unknown: 'doubt',
}
