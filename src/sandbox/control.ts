import type { Json } from '../model/json.ts'
import { type ApiAnswer, jsonAnswer } from './exchange.ts'
import { PICTURE } from './picture.ts'

/** What the sandbox shows and does besides its APIs. */
export interface Controls {
  state(): Json
  reset(): void
}

interface Control {
  readonly path: RegExp
  readonly methods: readonly string[]
  readonly answer: (controls: Controls) => ApiAnswer
}

const CONTROLS: readonly Control[] = [
  { path: /^\/state$/, methods: ['GET', 'HEAD'], answer: controls => jsonAnswer(200, controls.state()) },
  {
    path: /^\/reset$/,
    methods: ['POST'],
    answer: controls => {
      controls.reset()
      return jsonAnswer(200, controls.state())
    },
  },
  { path: /^\/image\//, methods: ['GET', 'HEAD'], answer: () => PICTURE },
]

/** Answers what lies below `/__sandbox`. */
export function answerControl(method: string, path: string, controls: Controls): ApiAnswer {
  const control = CONTROLS.find(candidate => candidate.path.test(path))
  if (!control) return jsonAnswer(404, { error: `The sandbox has nothing at /__sandbox${path}` })
  if (control.methods.includes(method)) return control.answer(controls)
  const allow = control.methods.join(', ')
  return jsonAnswer(405, { error: `Use ${allow}` }, { allow })
}
