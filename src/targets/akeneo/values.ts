import type { Product } from '../../model/product.ts'
import { columnsIn, fill } from '../template.ts'
import type { AkeneoOptions } from './options.ts'

type Written = AkeneoOptions['values'][string]

/** The columns that the further values name in templates. */
export function valueColumns(values: AkeneoOptions['values']): string[] {
  return Object.values(values).flatMap(written => columnsIn(String(written)))
}

/** Texts without a place to fill: each is a column where the feed has one of that name, and else a literal. */
export function valueNames(values: AkeneoOptions['values']): string[] {
  return Object.values(values)
    .filter(written => typeof written === 'string' && !isTemplate(written))
    .map(String)
}

/** The further values of one image as texts. A blank cell says nothing, so what the PIM holds there stays. */
export function valuesOf(product: Product, rank: number, values: AkeneoOptions['values']): Record<string, string> {
  const filled = Object.entries(values).map(([attribute, written]) => [attribute, textOf(written, product, rank)])
  return Object.fromEntries(filled.filter(([, text]) => text !== ''))
}

function textOf(written: Written, product: Product, rank: number): string {
  const text = String(written)
  return Object.hasOwn(product.fields, text) ? (product.fields[text] ?? '') : fill(text, product, rank)
}

function isTemplate(text: string): boolean {
  return /\{(?:code|rank)\}/.test(text) || columnsIn(text).length > 0
}
