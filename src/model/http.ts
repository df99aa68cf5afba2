export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Absolute URL. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
  /** Texts in the body that nobody may see, besides those of the config: they are masked in whatever comes back. */
  readonly secrets?: readonly string[]
  /** Gives the request up when it aborts; the reason is what is thrown. */
  readonly signal?: AbortSignal
  /** Number of the batch that it is for, if any: the journal keeps the attempts of each. */
  readonly batch?: number
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated headers are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Requests that were started to get this answer, retries included. */
  readonly attempts: number
}

/** Sends one request and returns the answer, or throws a Fault. Every transport feature is `(next: Send) => Send`. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>
