import type { Places } from './source.ts'

const EDITORS = ['Code', 'Code - Insiders', 'Cursor', 'VSCodium', 'Windsurf']
const SERVERS = ['.vscode-server', '.vscode-server-insiders', '.cursor-server', '.windsurf-server']

/** Where VS Code and its relatives keep the files of an extension, on this machine or for a remote window. */
export function editorStorage({ home, variables, platform }: Places, extension: string): readonly string[] {
  const base =
    platform === 'darwin'
      ? `${home}/Library/Application Support`
      : platform === 'win32'
        ? variables['APPDATA'] || `${home}/AppData/Roaming`
        : variables['XDG_CONFIG_HOME'] || `${home}/.config`
  const users = [
    ...EDITORS.map((editor) => `${base}/${editor}/User`),
    ...SERVERS.map((server) => `${home}/${server}/data/User`),
  ]
  return users.map((user) => `${user}/globalStorage/${extension}`)
}
