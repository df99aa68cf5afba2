import type { ImageType } from '../../src/images/index.ts'

/** The smallest beginnings by which each type is recognised, as text of one character per byte. */
const BEGINNINGS: readonly (readonly [ImageType, string])[] = [
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF\0'],
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/webp', 'RIFF\x1a\0\0\0WEBPVP8L'],
  ['image/gif', 'GIF89a\x01\0\x01\0'],
  ['image/gif', 'GIF87a\x01\0\x01\0'],
  ['image/avif', '\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf'],
  ['image/avif', '\0\0\0\x18ftypmif1\0\0\0\0avifmiaf'],
  ['image/heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
  ['image/tiff', 'II*\0\x08\0\0\0'],
  ['image/tiff', 'MM\0*\0\0\0\x08'],
  ['image/bmp', 'BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0'],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['image/svg+xml', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn <svg by hand -->\n<svg:svg xmlns:svg="…">'],
  ['image/svg+xml', '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" [<!ENTITY a "b">]><svg>'],
  ['application/pdf', '%PDF-1.7\n'],
]

export const PICTURES = BEGINNINGS.map(([type, text]) => ({ type, bytes: bytesOf(text) }))

export const PNG = bytesOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')

export const LOGIN_PAGE = '<!DOCTYPE html>\n<html><head><title>Log in</title></head><body><svg></svg></body></html>'

/** A PNG, as far as its beginning goes, of so many bytes. */
export function pngOf(size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(7)
  bytes.set(PNG)
  return bytes
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
