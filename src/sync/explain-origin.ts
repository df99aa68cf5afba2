import type { Catalog } from '../catalog/index.ts'
import type { PastRun, PastStep } from '../ledger/past.ts'
import type { Origin } from '../model/history.ts'
import { isRejection } from '../model/product.ts'
import { targetOfType } from '../targets/index.ts'
import type { PastTarget } from './history-outcomes.ts'

/** Where the feed of now has a product from; null: it does not name it, or without any image. */
export function originIn(catalog: Catalog, code: string): Origin | null {
  for (const entry of catalog.entries()) {
    if (entry.code !== code) continue
    const kept = catalog.originals?.of({ codes: new Set([code]), places: new Set() }) ?? []
    const records = [...kept].map(({ place }) => place)
    return {
      run: null,
      records: records.length === 0 ? [entry.source] : records,
      gallery: isRejection(entry) ? [] : entry.gallery,
    }
  }
  return null
}

/** Where the last run that named a product had it from; the first are the newest. */
export function originOf(code: string, pasts: readonly PastRun[]): Origin | null {
  for (const past of pasts) {
    const lanes = past.targets.map(target => ({ target, steps: past.about(target, code).filter(isOfFeed) }))
    const [first] = lanes.flatMap(({ steps }) => steps)
    if (first === undefined) continue
    const galleries = lanes.map(({ target, steps }) => galleryOf(past, target, steps, code))
    return {
      run: past.entry.id,
      records: [first.step.source],
      gallery: galleries.toSorted((a, b) => Number(b.isOrdered) - Number(a.isOrdered))[0]?.gallery ?? [],
    }
  }
  return null
}

/** What is removed is not in the feed. */
function isOfFeed({ step }: PastStep): boolean {
  return step.action !== 'delete'
}

/** Of an item that was unchanged the journal has no images; the ledger has. */
function galleryOf(past: PastRun, { id, type }: PastTarget, steps: readonly PastStep[], code: string) {
  const held = new Map(past.held(id, code).map(each => [each.key, each.gallery]))
  const gallery = steps.flatMap(({ step }) => {
    if (step.action === 'reject') return []
    return step.action === 'unchanged' ? (held.get(step.key) ?? []) : step.item.gallery
  })
  return { gallery, isOrdered: gallery.length > 0 && targetOfType(type)?.unit === 'product' }
}
