import type { ImageType } from './type.ts'

/** A picture that was downloaded and is kept until the run ends. */
export interface ImageFile {
  readonly kind: 'file'
  /** As it was asked for. */
  readonly url: string
  /** Bytes. */
  readonly size: number
  /** What the bytes say, whatever the server says. */
  readonly type: ImageType
  /** ASCII letters, digits, `-` and `_` from the URL's path, with the extension of the type. */
  readonly filename: string
  /** The whole content; fails after the images were closed. */
  read(): Promise<Uint8Array>
}

/**
 * Why there is no file:
 * - `image-unreachable`: no answer, or a broken one
 * - `image-refused`: a status other than 200, or too many redirects
 * - `image-too-large`: more bytes than allowed
 * - `image-not-an-image`: an answer, but no picture (a login page, an empty file)
 * - `image-address-forbidden`: the URL, or one it leads to, is not one that a feed may name
 * - `image-timeout`: not complete in time
 */
export type ImageReason =
  | 'image-unreachable'
  | 'image-refused'
  | 'image-too-large'
  | 'image-not-an-image'
  | 'image-address-forbidden'
  | 'image-timeout'

/** A URL that gave no usable picture. A value: what a URL does never throws. */
export interface ImageProblem {
  readonly kind: 'problem'
  readonly reason: ImageReason
  /** For people; names the URL without its query, which may hold a signature. */
  readonly message: string
}
