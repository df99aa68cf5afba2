import type { Json, JsonObject } from '../../model/json.ts'
import { type ApiAnswer, jsonAnswer } from '../exchange.ts'
import { badRequest } from './answers.ts'
import { showAsset } from './asset.ts'
import type { Call, Route } from './call.ts'
import { type Condition, meets, parseQuery, readField, valuesOf } from './query.ts'

const PAGE_SIZE = 60

/** GET /media/{tenant}/assets */
export const listAssets: Route = call => {
  return answerList(call, conditions => {
    const refs = valuesOf(conditions, 'refIds.id')
    return (refs ? call.assets.referringTo(refs) : call.assets.all()).map(showAsset)
  })
}

/** GET /product/{tenant}/products, ordered by id and so not as asked for. */
export const listProducts: Route = call => {
  return answerList(call, conditions => {
    const found = call.catalogue.candidates(conditions).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return found.map(({ id, code }) => ({ id, code, name: code, published: true, productType: 'BASIC' }))
  })
}

/** A page of what fits `q`, as a bare array. @param candidates at least all entries that meet the conditions */
function answerList(call: Call, candidates: (conditions: readonly Condition[]) => readonly JsonObject[]): ApiAnswer {
  const { query, headers } = call.request
  const pageNumber = readCount(query, 'pageNumber', 1)
  const pageSize = readCount(query, 'pageSize', PAGE_SIZE)
  const conditions = readConditions(call)
  const found = conditions ? candidates(conditions).filter(entry => meets(entry, conditions)) : []
  const size = Math.min(pageSize, call.behaviour.maxPageSize ?? pageSize)
  const page = sort(found, query.get('sort') ?? '').slice((pageNumber - 1) * size, pageNumber * size)
  const isCounted = headers['x-total-count'] === 'true'
  return jsonAnswer(200, page, isCounted ? { 'x-total-count': String(found.length) } : {})
}

/** Null for a query that nothing fits. */
function readConditions({ request, behaviour }: Call): readonly Condition[] | null {
  const conditions = parseQuery(request.query.get('q') ?? '', behaviour.quotes ?? 'enclose')
  if (conditions) return conditions
  if (behaviour.badQueries === 'empty') return null
  throw badRequest('q: must be made of field:value and field:(value,value)')
}

function readCount(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^[1-9]\d{0,8}$/.test(text)) throw badRequest(`${name}: must be a whole number from 1`)
  return Number(text)
}

/** By the fields of `name,metadata.createdAt:desc` in turn. */
function sort(entries: readonly JsonObject[], order: string): readonly JsonObject[] {
  const keys = order
    .split(',')
    .filter(key => key !== '')
    .map(key => key.split(':'))
  return entries.toSorted((a, b) => {
    for (const [field = '', direction] of keys) {
      const difference = compare(readField(a, field)[0], readField(b, field)[0])
      if (difference !== 0) return /^(?:desc|DESC)$/.test(direction ?? '') ? -difference : difference
    }
    return 0
  })
}

function compare(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a ?? ''), String(b ?? '')]
  return left === right ? 0 : left < right ? -1 : 1
}
