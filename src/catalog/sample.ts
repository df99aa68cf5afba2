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

function saysNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isJsonObject(value) && Object.keys(value).length === 0
}
