import type { Completed, CompletedArgument, Offer } from './offer.ts'

/** The script for bash from 3.2 on, which is the one of macOS. Words are never expanded: a name may look like a command. */
export function bashCompletion(commands: readonly Completed[], bare: string): string {
  const names = commands.map(({ name }) => name).join(' ')
  return `# bash completion for ai-costs, made by: ai-costs completion bash

# What command $1 takes; what is offered for $2: an option, or the number of an argument.
_ai_costs_grammar() {
  options='' valued='' most=0 offers=''
  case $1 in
${commands.map(branch).join('')}  esac
}
${MACHINERY.replace('COMMANDS', names).replaceAll('BARE', bare)}`
}

function branch({ name, options, arguments: given }: Completed): string {
  const valued = options.filter(({ value }) => value !== null)
  const places = [
    ...valued.map((option) => offered(`--${option.name}`, option.offers)),
    ...given.map((argument, nth) => offered(placeOf(argument, nth), argument.offers)),
  ].filter((line) => line !== null)
  const lines = [
    `options='${options.map((option) => `--${option.name}`).join(' ')}'`,
    `valued=' ${valued.map((option) => `--${option.name} `).join('')}'`,
    `most=${given.at(-1)?.isRepeated === true ? 999 : given.length}`,
    ...(places.length === 0 ? [] : ['case $2 in', ...places.map((line) => `  ${line}`), 'esac']),
    ';;',
  ]
  return `    ${name})\n${lines.map((line) => `      ${line}\n`).join('')}`
}

/** A pattern of `case`. */
function placeOf({ isRepeated }: CompletedArgument, nth: number): string {
  return isRepeated ? '[1-9]*' : String(nth + 1)
}

function offered(place: string, offers: readonly Offer[]): string | null {
  return offers.length === 0 ? null : `${place}) offers='${offers.join(' ')}' ;;`
}

/**
 * Bash breaks words at `=` and `:`, which names of budgets and models have: they are put together again, and what
 * stands before the last break is taken off the answers.
 */
const MACHINERY = `
_ai_costs() {
  local words rest word at last=0
  words=("\${COMP_WORDS[0]}")
  rest=\${COMP_LINE#*"\${COMP_WORDS[0]}"}
  for ((at = 1; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case $rest in
      [[:space:]]*) last=$((last + 1)) words[last]='' rest=\${rest#"\${rest%%[![:space:]]*}"} ;;
    esac
    words[last]=\${words[last]}$word
    rest=\${rest#"$word"}
  done
  local current=\${words[last]} kept=''
  case $word in
    '' | '=' | ':') kept=$current ;;
    *) kept=\${current%"$word"} ;;
  esac

  COMPREPLY=()
  local command=\${words[1]-} options valued most offers
  if [ "$last" -le 1 ]; then
    case $current in
      -*) command=BARE ;;
      *)
        _ai_costs_add '' COMMANDS
        return
        ;;
    esac
  fi
  case $command in -*) command=BARE at=1 ;; *) at=2 ;; esac
  _ai_costs_grammar "$command" ''
  local nth=1 value_of=''
  for (( ; at < last; at++)); do
    if [ -n "$value_of" ]; then
      value_of=''
      continue
    fi
    case \${words[at]} in
      --*=*) ;;
      -?*) case $valued in *" \${words[at]} "*) value_of=\${words[at]} ;; esac ;;
      *) nth=$((nth + 1)) ;;
    esac
  done

  case $value_of$current in
    --*=*)
      if [ -z "$value_of" ]; then
        _ai_costs_grammar "$command" "\${current%%=*}"
        _ai_costs_offer "\${current%%=*}=" $offers
        return
      fi
      ;;
  esac
  if [ -n "$value_of" ]; then
    _ai_costs_grammar "$command" "$value_of"
    _ai_costs_offer '' $offers
    return
  fi
  case $current in
    -*) _ai_costs_add '' $options ;;
    *)
      _ai_costs_grammar "$command" "$nth"
      _ai_costs_offer '' $offers
      if [ "$nth" -gt "$most" ]; then _ai_costs_add '' $options; fi
      ;;
  esac
}

# Offers words, files, or what ai-costs looks up: $1 stands before each of them.
_ai_costs_offer() {
  local before=$1 offer found
  shift
  for offer in "$@"; do
    case $offer in
      @files | @directories)
        compopt -o filenames 2>/dev/null
        while IFS= read -r found; do
          _ai_costs_add "$before" "$found"
        done < <(if [ "$offer" = @files ]; then compgen -f -- "\${current#"$before"}"; else compgen -d -- "\${current#"$before"}"; fi)
        ;;
      @*)
        while IFS= read -r found; do
          printf -v found %q "$found"
          _ai_costs_add "$before" "$found"
        done < <(ai-costs completion --offer "\${offer#@}" 2>/dev/null)
        ;;
      *) _ai_costs_add "$before" "$offer" ;;
    esac
  done
}

# Answers with those words that begin as what was typed, with $1 before each of them.
_ai_costs_add() {
  local before=$1 word
  shift
  for word in "$@"; do
    word=$before$word
    case $word in
      "$current"*) COMPREPLY[\${#COMPREPLY[@]}]=\${word#"$kept"} ;;
    esac
  done
}

complete -F _ai_costs ai-costs
`
