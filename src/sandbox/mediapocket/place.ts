/** Where an image belongs, as clients write it into external ids. */
export interface Place {
  readonly code: string
  /** 0 when the external id has none. */
  readonly rank: number
}

/** Reads `<code>#<rank>`; an external id without a rank is a code. The vendor itself gives external ids no meaning. */
export function placeOf(externalId: string): Place {
  const [, code, rank] = /^(.*)#(\d+)$/s.exec(externalId) ?? []
  return code === undefined ? { code: externalId, rank: 0 } : { code, rank: Number(rank) }
}
