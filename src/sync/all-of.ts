/** Waits for all, also when one fails: nothing may be closed while another target is still being worked at. */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
