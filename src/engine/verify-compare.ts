import type { Finding } from '../model/verification.ts'
import type { Sight } from '../targets/target.ts'
import type { Expected, SoughtProduct } from './verify-sought.ts'

type Image = Extract<Sight, { kind: 'image' }>
/** What is found of one image, without where and when. */
type Match = Pick<Finding, 'status' | 'foundRank' | 'found' | 'reason' | 'message'>

/** Compares what was seen of a product with its gallery: one finding per image of the feed, then what is there besides. */
export function compareSights(target: string, product: SoughtProduct, sights: readonly Sight[]): Finding[] {
  const { code, source } = product.sought.product
  const free = new Set(sights.filter((sight): sight is Image => sight.kind === 'image'))
  const twins = twinsOf(product.expected, free)
  const told = new Map([...twins].map(([expected, image]) => [expected, placed(expected, image)]))
  for (const expected of product.expected) {
    if (!told.has(expected)) told.set(expected, untwinned(expected, free, sights))
  }
  const own = product.expected.map((expected): Finding => {
    const { status, foundRank, found, reason, message } = told.get(expected) ?? MISSING
    const { key, rank, url } = expected
    const isFine = status === 'same' || (status === 'unreadable' && reason !== NEVER_SENT)
    const repair = isFine ? null : expected.repair
    return { target, code, key, status, rank, foundRank, expected: url, found, repair, reason, message, source }
  })
  return [...own, ...[...free].map(image => extra(image, product, target))]
}

/** For images of which nothing can be said. */
export function unseen(target: string, product: SoughtProduct, reason: string, message: string | null): Finding[] {
  const { code, source } = product.sought.product
  return product.expected.map(({ key, rank, url }) => ({
    target,
    code,
    key,
    status: 'unreadable',
    rank,
    foundRank: null,
    expected: url,
    found: null,
    repair: null,
    reason,
    message,
    source,
  }))
}

/** Images with the address that is expected: those at their rank first, so that the others are the ones that moved. */
function twinsOf(expected: readonly Expected[], free: Set<Image>): ReadonlyMap<Expected, Image> {
  const twins = new Map<Expected, Image>()
  for (const isAt of [atItsRank, anywhere]) {
    for (const each of expected) {
      const image = twins.has(each)
        ? undefined
        : [...free].find(({ url, rank }) => url === each.url && isAt(rank, each))
      if (image === undefined) continue
      twins.set(each, image)
      free.delete(image)
    }
  }
  return twins
}

const atItsRank = (rank: number | null, expected: Expected) => rank === null || rank === expected.rank
const anywhere = () => true

function placed({ rank }: Expected, image: Image): Match {
  const { rank: foundRank, url, name, note } = image
  const status = foundRank === null || foundRank === rank ? 'same' : 'moved'
  return { status, foundRank, found: url ?? name, reason: null, message: note }
}

/** What is to be said of an image whose address is nowhere to be seen. */
function untwinned(expected: Expected, free: Set<Image>, sights: readonly Sight[]): Match {
  const image = [...free].find(each => isInPlace(each, expected))
  if (image !== undefined) {
    free.delete(image)
    return image.url === null ? copied(expected, image) : replaced(image)
  }
  for (const sight of sights) {
    if (sight.kind === 'image' || sight.key !== expected.key) continue
    const { message } = sight
    // It can only be asked for by an id, which the target gives when it is sent.
    if (sight.kind === 'hidden' && sight.reason === 'id-unknown' && expected.isUnsent) return UNSENT
    if (sight.kind === 'other') return { ...MISSING, status: 'differs', found: sight.name, message }
    return { ...MISSING, status: sight.kind === 'hidden' ? 'unreadable' : 'missing', reason: sight.reason, message }
  }
  return MISSING
}

/** The image at its rank, or the one that its item is. */
function isInPlace({ key, rank }: Image, expected: Expected): boolean {
  return (key === expected.key && !expected.isShared) || rank === expected.rank
}

/** The target does not tell the address, so that only the ledger knows which image it is. */
function copied(expected: Expected, image: Image): Match {
  const { recorded, url } = expected
  if (recorded === null || recorded === url) return placed(expected, image)
  const message = 'The target does not tell its address; the ledger says that it was made from this one.'
  return { status: 'differs', foundRank: image.rank, found: recorded, reason: null, message }
}

function replaced({ rank, url, name, note }: Image): Match {
  return { status: 'differs', foundRank: rank, found: url ?? name, reason: null, message: note }
}

const NEVER_SENT = 'never-sent'
const UNSENT: Match = {
  status: 'unreadable',
  foundRank: null,
  found: null,
  reason: NEVER_SENT,
  message: 'It was never sent successfully, as far as the ledger knows, and the target cannot be searched for it.',
}

const MISSING: Match = { status: 'missing', foundRank: null, found: null, reason: null, message: null }

function extra({ rank, url, name, note }: Image, { sought, expected }: SoughtProduct, target: string): Finding {
  const { code, source } = sought.product
  const isDouble = url !== null && expected.some(each => each.url === url)
  return {
    target,
    code,
    key: null,
    status: 'extra',
    rank: null,
    foundRank: rank,
    expected: null,
    found: url ?? name,
    repair: null,
    reason: isDouble ? 'duplicate' : null,
    message: isDouble ? 'The same image once more.' : note,
    source,
  }
}
