// Every command; adding one is one file and one line here. All are loaded at once, because each further file costs a
// start more than the code in it: what is heavy (Ink, YAML, chokidar) hides behind a dynamic import of its own.
export * as check from './check.ts'
export * as config from './config.ts'
export * as demo from './demo.ts'
export * as explain from './explain.ts'
export * as hook from './hook.ts'
export * as import from './import.ts'
export * as init from './init.ts'
export * as log from './log.ts'
export * as models from './models.ts'
export * as status from './status.ts'
export * as watch from './watch.ts'
