import { isAbsolute, normalize, sep } from 'node:path'

/**
 * Whether a folder is that of a project or below it, by its name or by where it really is; tools write down either. True
 * for every folder where no project is asked for. Asks the disk about each folder once.
 */
export function withinProject(
  project: string | null,
  realPath: (path: string) => string,
): (folder: string) => boolean {
  const known = new Map<string, boolean>()
  return (folder) => {
    if (project === null) return true
    const before = known.get(folder)
    if (before !== undefined) return before
    // What is relative is so to where the tool ran, and not to where we do.
    const isHere = isAbsolute(folder) && (isWithin(folder, project) || isWithin(realPath(folder), project))
    known.set(folder, isHere)
    return isHere
  }
}

function isWithin(path: string, project: string): boolean {
  const folder = normalize(path)
  return folder === project || folder.startsWith(project.endsWith(sep) ? project : project + sep)
}
