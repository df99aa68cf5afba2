import type { EmporixOptions } from './options.ts'

export function assetsUrl(baseUrl: string, { tenant }: EmporixOptions): string {
  return `${baseUrl}/media/${tenant}/assets`
}

export function productsUrl(baseUrl: string, { tenant }: EmporixOptions): string {
  return `${baseUrl}/product/${tenant}/products`
}

/** A text as a part of a path or a query. Half a surrogate pair has no encoding, and nothing in the shop can have it. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
