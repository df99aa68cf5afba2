import { Fault } from '../../model/fault.ts'
import type { HttpResponse } from '../../model/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { rest } from './address.ts'
import { unreadable } from './answers.ts'
import { fold } from './code.ts'
import { collectionOf, collectionValue } from './collection.ts'
import { parseLines } from './lines.ts'

/** A product with the asset codes in one of its collections. */
export interface Collection {
  /** As the PIM writes it. */
  readonly identifier: string
  readonly codes: readonly string[]
  /** Requests that it took to read. */
  readonly attempts: number
}

/** Reads by the code, because searches lag behind. Null: there is no such product, or none that we may see. */
export async function readCollection(code: string, attribute: string, io: Io): Promise<Collection | null> {
  try {
    const response = await io.send({ method: 'GET', url: rest(io, 'products', code), headers: {}, body: null })
    const product = parseJson(response.body)
    if (!isJsonObject(product) || !isCode(product.identifier, code)) throw unreadable(response, undefined)
    const codes = collectionOf(product, attribute)
    if (codes === null) throw unreadable(response, product.values ?? null)
    return { identifier: product.identifier, codes, attempts: response.attempts }
  } catch (error) {
    if (error instanceof Fault && error.http === 404 && error.kind === 'refused') return null
    throw error
  }
}

/**
 * Replaces the collections of up to 100 products, one line each: half the requests of a PATCH per product. The answers are
 * found by their line number; an entry that is missing is undefined.
 */
export async function writeCollections(
  collections: readonly Collection[],
  attribute: string,
  io: Io,
): Promise<{ readonly response: HttpResponse; readonly entries: readonly (JsonObject | undefined)[] }> {
  const lines = collections.map(({ identifier, codes }) =>
    JSON.stringify({ identifier, values: collectionValue(attribute, codes) }),
  )
  const response = await io.send({
    method: 'PATCH',
    url: rest(io, 'products'),
    headers: { 'content-type': 'application/vnd.akeneo.collection+json' },
    body: Buffer.from(lines.join('\n')),
  })
  const answers = parseLines(response.body)?.filter(isJsonObject) ?? []
  const byLine = new Map(answers.map(entry => [entry.line, entry]))
  return { response, entries: collections.map(({ identifier }, at) => ofProduct(byLine.get(at + 1), identifier)) }
}

/** An entry that is about another product is none; a refused line may have no identifier. */
function ofProduct(entry: JsonObject | undefined, identifier: string): JsonObject | undefined {
  return entry?.identifier === undefined || isCode(entry.identifier, identifier) ? entry : undefined
}

/** Identifiers are found whatever their case. */
function isCode(value: Json | undefined, code: string): value is string {
  return typeof value === 'string' && fold(value) === fold(code)
}
