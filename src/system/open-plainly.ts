import { closeSync, constants, fstatSync, openSync } from 'node:fs'

/** Opens without waiting (a FIFO has no writer) and without following a link. Throws unless it is a file. */
export function openPlainly(path: string): number {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  if (fstatSync(fd).isFile()) return fd
  closeSync(fd)
  throw new Error(`${path} is not a file`)
}
