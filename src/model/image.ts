/** The bytes of an image that was fetched, on disk until the run ends. */
export interface ImageFile {
  readonly kind: 'file'
  readonly url: string
  /** Bytes. */
  readonly size: number
  /** Media type, found from the bytes themselves. */
  readonly type: string
  /** Safe to send: from the URL's path, with the extension of the real type. */
  readonly filename: string
  read(): Promise<Uint8Array>
}

/** Why there are no bytes. */
export interface ImageProblem {
  readonly kind: 'problem'
  /** Stable kebab-case word, such as `image-too-large`. */
  readonly reason: string
  readonly message: string
}
