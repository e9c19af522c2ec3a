// Every report there is; adding one is one file and one line here.
export { daily } from './daily.ts'
export { weekly } from './weekly.ts'
export { monthly } from './monthly.ts'
export { session } from './session.ts'
export { project } from './project.ts'
export { model } from './model.ts'
export { tool } from './tool.ts'
export { task } from './task.ts'
