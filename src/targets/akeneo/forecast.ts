import { type Forecaster, Requests } from '../forecast.ts'
import { groupSize } from './link.ts'
import type { AkeneoOptions } from './options.ts'
import { linkOf } from './payload.ts'

const UPLOADS = 'Where the attribute of the PIM is a media_file, every image is one request more: it is uploaded.'

/** A token, the family, one request per load; then the products that are linked are read, and written by groups. */
export function forecaster({ link }: AkeneoOptions): Forecaster {
  const requests = new Requests()
  let sent = 0
  let linked = 0
  let linkedNew = 0
  requests.add('login', 1)
  requests.add('look-up', 1)
  return {
    add({ action, items }) {
      if (action === 'delete') {
        requests.add('delete', items.length)
        return
      }
      requests.add(action, 1, 1 + items.length)
      sent += items.length
      const links = link === null ? 0 : items.filter(item => linkOf(item) !== null).length
      linked += links
      if (action === 'create') linkedNew += links
    },
    total() {
      // Of a product whose first image is known already, the collection may be as it shall be.
      const written = (products: number) => (products === 0 ? 0 : Math.ceil(products / groupSize(linked)))
      requests.add('link', linked + written(linkedNew), linked + written(linked))
      return { ...requests.total(), remarks: sent > 0 ? [UPLOADS] : [] }
    },
  }
}
