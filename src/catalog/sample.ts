import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { FeedRecord } from '../model/record.ts'

/**
 * One object with the keys of all these records, each with the first value that says something: a single product may well lack what
 * the others have, such as images.
 */
export function sampleOf(records: readonly FeedRecord[]): JsonObject {
  const sample = new Map<string, Json>()
  for (const record of records) {
    if (!('value' in record)) continue
    for (const [key, value] of Object.entries(record.value)) {
      if (!sample.has(key) || saysNothing(sample.get(key))) sample.set(key, value)
    }
  }
  return Object.fromEntries(sample)
}

/** The keys under which each of these records says something. */
export function commonKeys(records: readonly FeedRecord[]): string[] {
  const [first, ...others] = records.flatMap(record => ('value' in record ? [record.value] : []))
  if (first === undefined) return []
  return Object.keys(first).filter(key =>
    [first, ...others].every(each => !saysNothing(Object.hasOwn(each, key) ? each[key] : null)),
  )
}

function saysNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isJsonObject(value) && Object.keys(value).length === 0
}
