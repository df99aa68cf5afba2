import { inWords } from '../../model/product.ts'
import type { Document } from '../reporter.ts'
import type { Cause } from './causes.ts'
import { targetsOf } from './targets.ts'

/** Why targets stopped, what was held back, what could not be read; of a check, why a push would refuse the feed. */
export function noticesOf(document: Document): readonly string[] {
  if (document.kind !== 'check') return document.notices
  return document.refusal === null ? [] : [inWords(document.refusal)]
}

/** The same for people: what holds for several targets once, with their names. */
export function toldNotices(document: Document): readonly string[] {
  const names = new Set(targetsOf(document).map(({ name }) => name))
  const about = new Map<string, string[]>()
  for (const notice of noticesOf(document)) {
    const { names: own, words } = apart(notice, names)
    about.set(words, [...(about.get(words) ?? []), ...own])
  }
  return [...about].map(([words, own]) => (own.length === 0 ? words : `${[...new Set(own)].join(', ')}: ${words}`))
}

/** Without what the causes beside them say already, such as why a target stopped. */
export function noticesBeside(document: Document, causes: readonly Cause[]): readonly string[] {
  const names = new Set(targetsOf(document).map(({ name }) => name))
  return toldNotices(document).flatMap(notice => {
    const { names: own, words } = apart(notice, names)
    const said = causes.find(cause => isSaidBy(cause, words))?.message ?? null
    if (said === null || own.length === 0) return [notice]
    const rest = words.slice(said.length).trim()
    return rest === '' ? [] : [`${own.join(', ')}: ${rest}`]
  })
}

function isSaidBy({ word, message, varies }: Cause, words: string): boolean {
  const isOfRun = word === 'skipped' || word === 'failed'
  return isOfRun && !varies && message !== null && (words === message || words.startsWith(`${message} `))
}

/** The targets that a notice names at its start, and the rest of it; the whole notice where it names none. */
function apart(
  notice: string,
  known: ReadonlySet<string>,
): { readonly names: readonly string[]; readonly words: string } {
  const at = notice.indexOf(': ')
  const names = at === -1 ? [] : notice.slice(0, at).split(', ')
  const areTargets = names.length > 0 && names.every(name => known.has(name))
  return areTargets ? { names, words: notice.slice(at + 2) } : { names: [], words: notice }
}
