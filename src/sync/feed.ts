import { type Catalog, readCatalog } from '../catalog/index.ts'
import type { Mapping } from '../catalog/mapping.ts'
import type { Config } from '../config/config.ts'
import { select } from '../engine/select.ts'
import { expandSources, openFeed } from '../feeds/index.ts'
import { FeedError } from '../model/errors.ts'
import { isRejection, type Problem, type Product } from '../model/product.ts'
import type { Feed } from '../model/record.ts'
import type { CheckReport } from '../model/report.ts'
import { headerOf } from './header.ts'
import { interrupted, untilStopped } from './interrupt.ts'
import type { Opened, Request } from './request.ts'

/** Products shown by `check` as they would be sent. */
const SAMPLE = 5

/** Reads the whole source. Anything that makes it untrustworthy is a FeedError, before a single request. */
export async function readFeed(request: Request): Promise<Catalog> {
  const { config, listen, selection } = request
  const catalog = await readCatalog(openFeeds(request), mappingOf(config), records => {
    listen({ type: 'reading', records })
    if (request.stop.aborted) throw interrupted(request.stop)
  })
  listen({ type: 'read', feed: catalog.summary, notes: catalog.notes })
  const missing = selection.only.length === 0 ? [] : missingCodes(catalog, selection.only)
  if (missing.length === 0) return catalog
  catalog.close()
  throw new FeedError(`The feed has no product ${missing.map(code => `"${code}"`).join(', ')} (named by --only).`, {
    fix: 'Codes are compared letter by letter, capitals and leading zeros included.',
  })
}

/** Reads and validates only. */
export async function check(request: Request): Promise<Opened<CheckReport>> {
  const startedAt = request.clock.wall()
  const catalog = await readFeed(request)
  const entries = () => select(catalog.entries(), request.selection)
  const sample: Product[] = []
  for (const entry of entries()) {
    if (sample.length === SAMPLE) break
    if (!isRejection(entry)) sample.push(entry)
  }
  return {
    document: {
      kind: 'check',
      run: headerOf(request, startedAt),
      feed: catalog.summary,
      notes: catalog.notes,
      sample,
      exitCode: catalog.summary.rejected > 0 ? 1 : 0,
      *rejections(): Generator<Problem> {
        for (const entry of entries()) if (isRejection(entry)) yield entry
      },
    },
    close: async () => catalog.close(),
  }
}

async function* openFeeds({ sources, config, cwd, stdin, stop }: Request): AsyncGenerator<Feed> {
  const { delimiter, encoding, records, code } = config.feed
  for (const source of await expandSources(sources, cwd)) {
    yield await openFeed(source, { delimiter, encoding, records, code }, { cwd, stdin: untilStopped(stdin, stop) })
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
    guess: preset !== 'none',
    fields: [...fields],
    optionalFields: [...optional],
  }
}

function missingCodes(catalog: Catalog, only: readonly string[]): string[] {
  const missing = new Set(only)
  for (const { code } of catalog.entries()) if (code !== null) missing.delete(code)
  return [...missing]
}
