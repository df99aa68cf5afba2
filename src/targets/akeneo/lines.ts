import type { Json } from '../../model/json.ts'
import { parseJson } from '../answer.ts'

/** The values of a text with one JSON value per line, as lists of products are answered; null when a line is none. */
export function parseLines(text: string): readonly Json[] | null {
  const values = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(parseJson)
  return values.every(value => value !== undefined) ? values : null
}
