/** Folders and file of a path, whichever way its slashes lean. */
export function pathParts(path: string): readonly string[] {
  return path.split(/[/\\]/).filter((part) => part !== '')
}

/** The name of the file without what follows its first dot: `a/ses-1.messages.json` gives `ses-1`. */
export function fileStem(path: string): string {
  return (pathParts(path).at(-1) ?? '').replace(/\..*$/s, '')
}

/** The folder that the file lies in; `''` when the path does not say. */
export function folderName(path: string): string {
  return pathParts(path).at(-2) ?? ''
}
