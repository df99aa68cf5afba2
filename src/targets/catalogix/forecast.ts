import type { SentItem } from '../../model/item.ts'
import { type Forecaster, Requests } from '../forecast.ts'
import { ENTRIES } from './unlink.ts'

const WHOLE_LIST =
  'What is removed is looked for in the list of the store: 1 request more for every 50 products that stand before it.'

/** One request per load. Removing takes the ids of the assets first, and of ranks of all loads in one go. */
export function forecaster(): Forecaster {
  const requests = new Requests()
  let trims = 0
  let removals = 0
  return {
    add({ action, items }) {
      if (action !== 'delete') {
        requests.add(action, 1)
        trims += sum(items, ({ trim }) => trim.length)
        return
      }
      removals++
      requests.add('look-up', 1)
      requests.add('delete', unlinks(sum(items, ({ gallery, trim }) => gallery.length + trim.length)))
    },
    total() {
      if (trims > 0) {
        requests.add('look-up', 1)
        requests.add('delete', unlinks(trims))
      }
      return { ...requests.total(), remarks: trims + removals > 0 ? [WHOLE_LIST] : [] }
    },
  }
}

function unlinks(ranks: number): number {
  return Math.ceil(ranks / ENTRIES)
}

function sum(items: readonly SentItem[], countOf: (item: SentItem) => number): number {
  return items.reduce((total, item) => total + countOf(item), 0)
}
