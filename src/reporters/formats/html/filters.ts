import { truncate } from '../../../lib/text.ts'
import { tallyOf } from '../../document/tally.ts'
import { targetsOf } from '../../document/targets.ts'
import type { Document } from '../../reporter.ts'
import { inThousands } from '../../text/counts.ts'
import { exactText, label } from './text.ts'

interface Filter {
  /** Class of the rows that it shows. */
  readonly rows: string
  readonly label: string
}

/** Boxes that show and hide rows by status and target, and the search, which only a script can show. */
export function filtersOf(document: Document): string {
  const boxes = [wordFilters(document), targetFilters(document)].filter(filters => filters.length > 1)
  const sets = boxes.map(filters => `<div class="boxes">${filters.map(boxOf).join('')}</div>`)
  return `<form class="filters" aria-label="What is listed" autocomplete="off">${sets.join('')}
<label class="search" hidden>Search <input type="search" id="search"></label></form>
`
}

/** What the boxes do. */
export function filterRules(document: Document): string {
  const filters = [...wordFilters(document), ...targetFilters(document)]
  return filters.map(({ rows }) => `body:has(#f-${rows}:not(:checked)) #items .${rows} { display: none }\n`).join('')
}

/** The class of the rows of this target: names may hold anything. */
export function classOfTarget(document: Document, target: string | null): string {
  const at = targetsOf(document).findIndex(({ name }) => name === target)
  return at === -1 ? '' : `t${at}`
}

function wordFilters(document: Document): Filter[] {
  const present = [...tallyOf(document)].filter(([, count]) => count > 0)
  return present.map(([word, count]) => ({ rows: word, label: `${label(word)} ${inThousands(count)}` }))
}

function targetFilters(document: Document): Filter[] {
  return targetsOf(document).map(({ name }) => ({
    rows: classOfTarget(document, name),
    label: exactText(truncate(name, 40)),
  }))
}

function boxOf({ rows, label }: Filter): string {
  return `<label><input type="checkbox" id="f-${rows}" checked> ${label}</label>`
}
