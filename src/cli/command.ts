export type { Action, Call, Options } from './declarations/declaration.ts'
