import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Shell, aMachine } from './shells.ts'

/** What a shell offers, by what was typed. */
export type Answers = ReadonlyMap<string, readonly string[]>

/** Asks a real shell about all lines at once, when the first answer is wanted. */
export function answersOf(shell: Shell, script: string, lines: readonly string[]): () => Answers {
  let answers: Answers | null = null
  return () => (answers ??= parsed(ASKED[shell](script, lines)))
}

const ASKED: Readonly<Record<Shell, (script: string, lines: readonly string[]) => string>> = {
  bash: bashAnswers,
  zsh: zshAnswers,
  fish: fishAnswers,
}

/** `==LINE`, and then a word on each line. */
function parsed(text: string): Answers {
  const answers = new Map<string, string[]>()
  let words: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('==')) answers.set(line.slice(2), (words = []))
    else if (line !== '') words.push(line.split('\t')[0] ?? '')
  }
  return answers
}

function bashAnswers(script: string, lines: readonly string[]): string {
  const { folder, env } = aMachine()
  writeFileSync(join(folder, 'script'), script)
  const asked = lines.map((line) => `ask ${quoted(line)}`).join('\n')
  writeFileSync(join(folder, 'asking'), `source ./script\n${AS_READLINE}\n${asked}\n`)
  const answers = execFileSync('bash', ['--norc', 'asking'], { cwd: folder, env, encoding: 'utf8' })
  if (existsSync(join(folder, 'ran'))) throw new Error('bash ran the name of a budget')
  return answers
}

/** Breaks a line into words as bash does before it asks: at blanks, and on both sides of a run of = or :. */
const AS_READLINE = `
ask() {
  COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=()
  local rest=$1 word
  while [[ $rest =~ ^\\ *([=:]+|[^\\ =:]+)(.*)$ ]]; do
    COMP_WORDS+=("\${BASH_REMATCH[1]}")
    rest=\${BASH_REMATCH[2]}
  done
  [[ $1 == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  _ai_costs
  echo "==$1"
  printf '%s\\n' "\${COMPREPLY[@]}"
}`

function fishAnswers(script: string, lines: readonly string[]): string {
  const { folder, env } = aMachine()
  writeFileSync(join(folder, 'script'), script)
  const asked = lines.map((line) => `echo ${forFish(`==${line}`)}\ncomplete -C ${forFish(line)}`)
  writeFileSync(join(folder, 'asking'), `source ./script\n${asked.join('\n')}\n`)
  return execFileSync('fish', ['--no-config', 'asking'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

/** Zsh completes only where somebody types: it is given a terminal, and what it would add is written down. */
function zshAnswers(script: string, lines: readonly string[]): string {
  const { folder, env } = aMachine()
  writeFileSync(join(folder, '_ai-costs'), script)
  writeFileSync(join(folder, 'inner'), ZSH_INNER)
  const asked = lines.map((line) => `ask ${quoted(line)}`).join('\n')
  writeFileSync(join(folder, 'asking'), `${ZSH_OUTER}\n${asked}\n`)
  return execFileSync('zsh', ['-f', 'asking'], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
}

const ZSH_INNER = `
PROMPT=
setopt no_auto_list no_beep
fpath=($PWD $fpath)
autoload -Uz compinit && compinit -u -D
zstyle ':completion:*' insert-tab false
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- $hits >> answers
  builtin compadd "$@"
}
asked() {
  zle complete-word
  print -r -- done > finished
}
zle -N asked
bindkey -e
bindkey '^I' asked
print -r -- done > finished
`

const ZSH_OUTER = `
zmodload zsh/zpty zsh/zselect
zpty asked zsh -f -i
finish() {
  local seen
  while [[ ! -e finished ]]; do zpty -r -t asked seen || zselect -t 1; done
  rm -f finished
}
ask() {
  zpty -w -n asked $'\\x15'"$1"$'\\t'
  finish
  print -r -- "==$1"
  [[ -e answers ]] && cat answers && rm -f answers
  return 0
}
zpty -w asked 'source ./inner'
finish`

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Fish takes a backslash between quotes as one that quotes. */
function forFish(text: string): string {
  return quoted(text.replaceAll('\\', '\\\\'))
}
