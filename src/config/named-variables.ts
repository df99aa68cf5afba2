import { type ConfigPlace, findFiles } from './find.ts'
import { variablesIn } from './variables.ts'

/** The variables that the config files of this place name. None where one cannot be used: whoever needs it says so. */
export async function namedVariables(place: ConfigPlace): Promise<readonly string[]> {
  const { project, user } = await findFiles(place).catch(() => ({ project: null, user: null }))
  return [project, user].flatMap(each => variablesIn(each?.tree))
}
