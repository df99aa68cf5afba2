import { truncate } from '../../lib/text.ts'
import { STATUSES } from '../../model/outcome.ts'
import { ACTIONS } from '../../model/step.ts'
import type { ItemDocument } from '../lines.ts'
import type { Word } from '../style.ts'
import { inThousands } from '../table/contents.ts'
import { exactText, label } from './text.ts'

interface Filter {
  /** Class of the rows that it shows. */
  readonly rows: string
  readonly label: string
}

/** Boxes that show and hide rows by status and target, and the search, which only a script can show. */
export function filtersOf(document: ItemDocument): string {
  const boxes = [wordFilters(document), targetFilters(document)].filter(filters => filters.length > 1)
  const sets = boxes.map(filters => `<div class="boxes">${filters.map(boxOf).join('')}</div>`)
  return `<form class="filters" aria-label="What is listed" autocomplete="off">${sets.join('')}
<label class="search" hidden>Search <input type="search" id="search"></label></form>
`
}

/** What the boxes do. */
export function filterRules(document: ItemDocument): string {
  const filters = [...wordFilters(document), ...targetFilters(document)]
  return filters.map(({ rows }) => `body:has(#f-${rows}:not(:checked)) #items .${rows} { display: none }\n`).join('')
}

/** The class of the rows of this target: names may hold anything. */
export function classOfTarget(document: ItemDocument, target: string | null): string {
  const at = document.kind === 'check' ? -1 : document.targets.findIndex(({ name }) => name === target)
  return at === -1 ? '' : `t${at}`
}

function wordFilters(document: ItemDocument): Filter[] {
  switch (document.kind) {
    case 'report':
      return present(STATUSES, document.targets)
    case 'plan':
      return present(ACTIONS, document.targets)
    case 'check':
      return []
  }
}

function present<W extends Word>(
  words: readonly W[],
  targets: readonly { readonly totals: Readonly<Record<W, number>> }[],
): Filter[] {
  const counts = words.map(word => [word, targets.reduce((sum, { totals }) => sum + totals[word], 0)] as const)
  return counts
    .filter(([, count]) => count > 0)
    .map(([word, count]) => ({ rows: word, label: `${label(word)} ${inThousands(count)}` }))
}

function targetFilters(document: ItemDocument): Filter[] {
  if (document.kind === 'check') return []
  return document.targets.map(({ name }) => ({
    rows: classOfTarget(document, name),
    label: exactText(truncate(name, 40)),
  }))
}

function boxOf({ rows, label }: Filter): string {
  return `<label><input type="checkbox" id="f-${rows}" checked> ${label}</label>`
}
