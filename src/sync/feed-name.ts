import { isAbsolute, relative, sep } from 'node:path'

/** A feed as people know it: below the working directory by its way from there, as a config names files with their whole paths. */
export function feedName(source: string, cwd: string): string {
  if (!isAbsolute(source)) return source
  const way = relative(cwd, source)
  const isOutside = way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
  return isOutside ? source : way
}
