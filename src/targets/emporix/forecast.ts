import { MaybeSet } from '../../lib/maybe-set.ts'
import type { SentItem } from '../../model/item.ts'
import { type Forecaster, type PlannedLoad, Requests } from '../forecast.ts'
import type { EmporixOptions } from './options.ts'
import { groups } from './products.ts'
import { isNumber, isPlain, waysToAsk } from './query.ts'

const WAYS = 'What has blanks, signs or only digits may have to be asked for in two ways.'

/** A token, the products of each load, the assets they have, and one or two requests per image. */
export function forecaster({ resolve }: EmporixOptions): Forecaster {
  const requests = new Requests()
  const known = new MaybeSet()
  requests.add('login', 1)
  return {
    add({ action, items }) {
      if (resolve === 'code' && action !== 'delete') addProducts(items, known, requests)
      if (action !== 'delete') addAssets(items, resolve, requests)
      for (const item of items) requests.add(action, ...requestsFor(item, action))
    },
    total() {
      const expected = requests.total()
      const isExact = expected.least['look-up'] === expected.most['look-up']
      return { ...expected, remarks: isExact ? [] : [WAYS] }
    },
  }
}

/** What an earlier load has looked up is known, unless both are under way at once. */
function addProducts(items: readonly SentItem[], known: MaybeSet, requests: Requests): void {
  const codes = [...new Set(items.map(({ code }) => code))]
  const news = codes.filter(code => !known.add(code))
  const plain = (all: readonly string[]) => groups(all.filter(isPlain)).length
  const special = (all: readonly string[]) => all.filter(code => !isPlain(code))
  const again = groups(codes.filter(isPlain).filter(isNumber)).length
  const ways = special(codes).reduce((sum, code) => sum + waysToAsk(code).length, 0)
  requests.add('look-up', plain(news) + special(news).length, plain(codes) + again + ways)
}

/** An image whose asset is not known is looked for among those of its product, once per load and product. */
function addAssets(items: readonly SentItem[], resolve: EmporixOptions['resolve'], requests: Requests): void {
  const codes = new Set(items.filter(({ remoteId }) => remoteId === null).map(({ code }) => code))
  for (const code of codes) requests.add('look-up', 1, resolve === 'none' ? waysToAsk(code).length : 2)
}

/** A known asset is read before it is written or deleted. What was left in doubt may be there, and right, already. */
function requestsFor({ remoteId, doubtful, mayArrive }: SentItem, action: PlannedLoad['action']): [number, number] {
  if (remoteId !== null) return [2, 2]
  if (action === 'delete') return [0, 0]
  return [doubtful || mayArrive === true ? 0 : 1, 1]
}
