import type { SentItem } from '../../model/item.ts'
import { type Forecaster, type PlannedLoad, Requests } from '../forecast.ts'
import { PAGE_SIZE } from './list.ts'
import type { ProductAiOptions } from './options.ts'

const LISTS = `Each list takes 1 more request for every further ${PAGE_SIZE} assets that the account holds.`

/** The account's list, an upload per image, the removal of what it replaces, and looks at what is being processed. */
export function forecaster({ wait }: ProductAiOptions): Forecaster {
  const requests = new Requests()
  let followed = 0
  let mayFollow = 0
  requests.add('look-up', 1)
  return {
    add({ action, items }) {
      for (const item of items) {
        const [least, most] = requestsFor(item, action)
        requests.add(action, least, most)
        if (action === 'delete' || !(wait || item.remoteId !== null)) continue
        mayFollow++
        if (least > 0) followed++
      }
    },
    total() {
      // Of more than one page, only what is being processed is listed; then who is not in that list any more is looked for.
      const pages = Math.ceil(mayFollow / PAGE_SIZE)
      const perLook = pages <= 1 ? pages : 2 * pages
      requests.add('follow', Math.min(1, followed), perLook)
      return { ...requests.total(), perLook, remarks: [LISTS] }
    },
  }
}

/** What was left in doubt may be there already, under one id or two. */
function requestsFor({ remoteId, doubtful, mayArrive }: SentItem, action: PlannedLoad['action']): [number, number] {
  const known = remoteId === null ? 0 : 1
  if (action === 'delete') return [known, known + Number(doubtful)]
  return [doubtful || mayArrive === true ? 0 : 1 + known, 1 + known]
}
