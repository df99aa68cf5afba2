import pLimit from 'p-limit'

/**
 * Runs `work` for each item, at most `concurrency` at once. Takes the next item only when a place is free, so the
 * source is never read ahead. When one call fails, waits for the others and then throws the first failure.
 */
export async function inParallel<T>(
  source: Iterable<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const limit = pLimit(concurrency)
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  const fail = (error: unknown): void => void failures.push(error)
  try {
    for (const item of source) {
      const task: Promise<void> = limit(work, item)
        .catch(fail)
        .finally(() => running.delete(task))
      running.add(task)
      if (running.size >= concurrency) await Promise.race(running)
      if (failures.length > 0) break
    }
  } catch (error) {
    fail(error) // the source itself
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}
