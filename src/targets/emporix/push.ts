import type { SentItem } from '../../model/item.ts'
import type { Verdict } from '../../model/outcome.ts'
import { each } from '../each.ts'
import type { Io, ItemAnswer, Load } from '../target.ts'
import { assetsUrl, encoded, productsUrl } from './addresses.ts'
import { deliver } from './deliver.ts'
import { type Desk, newDesk } from './desk.ts'
import type { Facts } from './facts.ts'
import type { EmporixOptions } from './options.ts'
import { allEntries } from './pages.ts'
import { lookUp, type Products } from './products.ts'
import { failed } from './verdicts.ts'
import { wantedFor } from './wanted.ts'

/** Finds the products of the load, then brings its images to them one by one. */
export async function push(load: Load, io: Io, options: EmporixOptions, facts: Facts): Promise<readonly ItemAnswer[]> {
  if (options.resolve === 'code') {
    const url = productsUrl(io.baseUrl, options)
    const codes = load.items.map(({ code }) => code)
    await lookUp(codes, facts.products, query => allEntries(io, `${url}?q=${encoded(query)}&fields=code`))
  }
  const desk = newDesk(load, assetsUrl(io.baseUrl, options), facts)
  return each(load.items, io, (item, io) => one(item, io, options, facts.products, desk))
}

async function one(item: SentItem, io: Io, options: EmporixOptions, products: Products, desk: Desk): Promise<Verdict> {
  const refId = options.resolve === 'none' ? item.code : productId(item.code, products)
  if (typeof refId !== 'string') return refId
  const image = options.upload === 'blob' ? await io.image(item.gallery[0] ?? '') : null
  if (image?.kind === 'problem') return failed(image.reason, image.message)
  const verdict = await deliver(item, wantedFor(item, refId, image, options), io, desk)
  if (verdict.remoteId !== null) desk.inUse.set(verdict.remoteId, item.key)
  return verdict
}

/** The one product with this code, or why there is none to rely on. */
function productId(code: string, products: Products): string | Verdict {
  const { ids, refusal } = products.get(code) ?? { ids: [], refusal: null }
  const [id] = ids
  if (ids.length > 1) return failed('product-ambiguous', `The shop has ${ids.length} products with the code "${code}".`)
  if (id !== undefined) return id
  const why = refusal === null ? 'Create it there first.' : `Emporix did not take the question: ${refusal.message}`
  return failed('product-missing', `The shop has no product with the code "${code}". ${why}`)
}
