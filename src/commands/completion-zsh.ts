import type { Completed, CompletedArgument, CompletedOption, Offer } from './offer.ts'

/** The script for zsh: a file of its `fpath`, or to be evaluated. */
export function zshCompletion(commands: readonly Completed[], bare: string): string {
  const options = commands.find(({ name }) => name === bare)?.options ?? []
  return `#compdef ai-costs
# zsh completion for ai-costs, made by: ai-costs completion zsh

_ai-costs() {
  local curcontext="$curcontext" state state_descr line ret=1
  local -a context expl commands
  typeset -A opt_args
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}\n`).join('')}  )
  _arguments -C \\
${options.map((option) => `    ${optionSpec(option)} \\\n`).join('')}    '1: :->command' '*:: :->arguments' && ret=0
  case $state in
    command) _describe -t commands command commands && ret=0 ;;
    arguments)
      curcontext="\${curcontext%:*}-$line[1]:"
      case $line[1] in
${commands.map(branch).join('')}      esac
      ;;
  esac
  return ret
}
${OFFER}`
}

function branch({ name, options, arguments: given }: Completed): string {
  const specs = [...options.map(optionSpec), ...given.map(argumentSpec)]
  return `        ${name})
          _arguments \\
${specs.map((spec) => `            ${spec} \\\n`).join('')}            && ret=0
          ;;
`
}

function optionSpec({ name, summary, value, offers }: CompletedOption): string {
  const told = `[${escaped(summary)}]`
  return quoted(value === null ? `--${name}${told}` : `--${name}=${told}:${escaped(value)}:${action(offers)}`)
}

function argumentSpec({ name, isOptional, isRepeated, offers }: CompletedArgument, nth: number): string {
  const place = isRepeated ? '*:' : `${nth + 1}:${isOptional ? ':' : ''}`
  return quoted(`${place}${escaped(name)}:${action(offers)}`)
}

/** A blank: nothing to offer, and no message about it. */
function action(offers: readonly Offer[]): string {
  return offers.length === 0 ? ' ' : `{_ai-costs-offer ${offers.join(' ')}}`
}

/** Brackets and colons part the fields of a specification. */
function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

const OFFER = `
# Offers words, files, or what ai-costs looks up.
_ai-costs-offer() {
  local offer ret=1
  local -a found
  for offer; do
    case $offer in
      @files) _files && ret=0 ;;
      @directories) _files -/ && ret=0 ;;
      @*) found+=("\${(@f)$(command ai-costs completion --offer \${offer#@} 2>/dev/null)}") ;;
      *) found+=("$offer") ;;
    esac
  done
  found=(\${found:#})
  (( $#found )) && compadd -a found && ret=0
  return ret
}

if [[ $funcstack[1] == _ai-costs ]]; then
  _ai-costs "$@"
else
  compdef _ai-costs ai-costs
fi
`
