import { type Catalog, readCatalog } from '../catalog/index.ts'
import type { KnownRecords } from '../catalog/known.ts'
import type { Mapping } from '../catalog/mapping.ts'
import type { Config } from '../config/config.ts'
import { select } from '../engine/select.ts'
import { expandSources, openFeed } from '../feeds/index.ts'
import { FeedError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import { isRejection, type Problem, type Product, type Rejection } from '../model/product.ts'
import type { Feed } from '../model/record.ts'
import type { CheckReport, Selected } from '../model/report.ts'
import { feedName } from './feed-name.ts'
import { headerOf } from './header.ts'
import { interrupted, untilStopped } from './interrupt.ts'
import type { Opened, Request } from './request.ts'

/** Products shown by `check` as they would be sent. */
const SAMPLE = 5

/**
 * Reads the whole source. Anything that makes it untrustworthy is a FeedError, before a single request. `known`: records that are
 * passed over when they are as they were.
 */
export async function readFeed(request: Request, known: KnownRecords | null = null): Promise<Catalog> {
  const catalog = await readAnyFeed(request, known)
  if (catalog.refusal === null) return catalog
  catalog.close()
  throw catalog.refusal
}

async function readAnyFeed(request: Request, known: KnownRecords | null = null): Promise<Catalog> {
  const { listen, selection } = request
  const catalog = await catalogOf(request, known)
  listen({ type: 'read', feed: catalog.summary, detected: catalog.files })
  const missing = selection.only.length === 0 ? [] : missingCodes(catalog, selection.only)
  if (missing.length === 0) {
    request.whenRead?.(catalog)
    return catalog
  }
  catalog.close()
  throw new FeedError(`The feed has no product ${missing.map(code => `"${code}"`).join(', ')} (named by --only).`, {
    fix: 'Codes are compared letter by letter, capitals and leading zeros included.',
  })
}

/** Known records are left out, unless another record turns out to be about the same product: then all is read once more. */
async function catalogOf(request: Request, known: KnownRecords | null): Promise<Catalog> {
  const { config, listen, stop, keepOriginals } = request
  const catalog = await readCatalog(openFeeds(request), {
    mapping: mappingOf(config),
    keepOriginals,
    known,
    progress(records) {
      listen({ type: 'reading', records })
      if (stop.aborted) throw interrupted(stop)
    },
  })
  if (!catalog.isClash) return catalog
  catalog.close()
  known?.reject()
  return catalogOf(request, null)
}

/** Reads and validates only. */
export async function check(request: Request): Promise<Opened<CheckReport>> {
  const startedAt = request.clock.wall()
  const catalog = await readAnyFeed(request)
  const entries = () => select(catalog.entries(), request.selection)
  const { sample, selected } = survey(entries())
  return {
    document: {
      kind: 'check',
      run: headerOf(request, startedAt),
      feed: catalog.summary,
      detected: catalog.files.map(({ file, format, notes }) => ({ file, format, notes })),
      sample,
      selected,
      refusal: catalog.refusal === null ? null : { message: catalog.refusal.message, fix: catalog.refusal.fix ?? '' },
      next: null,
      exitCode: catalog.refusal?.exit ?? (selected.rejected > 0 ? EXIT.items : EXIT.ok),
      *rejections(): Generator<Problem> {
        for (const entry of entries()) if (isRejection(entry)) yield entry
      },
    },
    close: async () => catalog.close(),
  }
}

function survey(entries: Iterable<Product | Rejection>): { readonly sample: Product[]; readonly selected: Selected } {
  const sample: Product[] = []
  const selected = { products: 0, images: 0, fewest: 0, most: 0, rejected: 0 }
  for (const entry of entries) {
    if (isRejection(entry)) {
      selected.rejected++
      continue
    }
    const { length } = entry.gallery
    if (sample.length < SAMPLE) sample.push(entry)
    selected.fewest = selected.products === 0 ? length : Math.min(selected.fewest, length)
    selected.most = Math.max(selected.most, length)
    selected.products++
    selected.images += length
  }
  return { sample, selected }
}

async function* openFeeds(request: Request): AsyncGenerator<Feed> {
  const { sources, config, cwd, stdin, stop, downloads, timeoutMs, proxies, clock, version } = request
  const { delimiter, encoding, records, code } = config.feed
  const remote = { downloads, timeoutMs, proxies, clock, stop, agent: `assetsync/${version}` }
  const input = { cwd, stdin: untilStopped(stdin, stop), remote }
  for (const source of await expandSources(sources, cwd)) {
    yield await openFeed(feedName(source, cwd), { delimiter, encoding, records, code }, input)
  }
}

function mappingOf({ feed, targets }: Config): Mapping {
  const { code, images, position, separator, imageBaseUrl, onBadImage, preset } = feed
  const fields = new Set(targets.flatMap(({ target, options }) => target.columns(options)))
  const optional = new Set(targets.flatMap(({ target, options }) => target.optionalColumns?.(options) ?? []))
  return {
    code,
    images,
    position,
    separator,
    imageBaseUrl,
    onBadImage,
    preset,
    fields: [...fields],
    optionalFields: [...optional],
  }
}

function missingCodes(catalog: Catalog, only: readonly string[]): string[] {
  const missing = new Set(only)
  for (const { code } of catalog.entries()) if (code !== null) missing.delete(code)
  return [...missing]
}
