import { jsonAnswer } from '../exchange.ts'
import type { Route } from './call.ts'

/** GET /me: who the key belongs to. It changes nothing. */
export const getMe: Route = () =>
  jsonAnswer(200, { id: 'user_sandbox', email: 'sandbox@example.com', plan: 'free', credits: 100 })
