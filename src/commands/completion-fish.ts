import type { Completed, CompletedArgument, CompletedOption, Offer } from './offer.ts'

/** The script for fish from 3.0 on: a file of its `completions`, or to be sourced. */
export function fishCompletion(commands: readonly Completed[], bare: string): string {
  return `# fish completion for ai-costs, made by: ai-costs completion fish

# The options of a command that take a value.
function __ai_costs_valued
  switch $argv[1]
${commands.map(valued).join('')}  end
end
${PLACES.replaceAll('BARE', bare)}
complete -c ai-costs -f
${commands.map((command) => aboutCommand(command)).join('')}`
}

function valued({ name, options }: Completed): string {
  const names = options.filter(({ value }) => value !== null).map((option) => `--${option.name}`)
  return names.length === 0 ? '' : `    case ${name}\n      string join \\n -- ${names.join(' ')}\n`
}

function aboutCommand({ name, summary, options, arguments: given }: Completed): string {
  return [
    '',
    `complete -c ai-costs -n '__ai_costs_at "" 0' -a ${name} -d ${quoted(summary)}`,
    ...options.map((option) => aboutOption(name, option)),
    ...given.flatMap((argument, nth) => aboutArgument(name, argument, nth + 1)),
    '',
  ].join('\n')
}

function aboutOption(command: string, { name, summary, value, offers }: CompletedOption): string {
  const takes = value === null ? '' : ` ${taking(offers)}`
  return `complete -c ai-costs -n '__ai_costs_in ${command}' -l ${name}${takes} -d ${quoted(summary)}`
}

function aboutArgument(
  command: string,
  { isRepeated, offers }: CompletedArgument,
  nth: number,
): readonly string[] {
  const place = isRepeated ? `__ai_costs_from ${command} ${nth}` : `__ai_costs_at ${command} ${nth}`
  return offers.length === 0 ? [] : [`complete -c ai-costs -n '${place}' ${listed(offers)}`]
}

function taking(offers: readonly Offer[]): string {
  return offers.includes('@files') ? `-r ${listed(offers)}` : `-x ${listed(offers)}`.trimEnd()
}

function listed(offers: readonly Offer[]): string {
  const words = offers.filter((offer) => offer !== '@files').map(wordsOf)
  const files = offers.includes('@files') ? ['-F'] : []
  return [...files, ...(words.length > 0 ? [`-a '${words.join(' ')}'`] : [])].join(' ')
}

function wordsOf(offer: Offer): string {
  if (offer === '@directories') return '(__fish_complete_directories)'
  return offer.startsWith('@') ? `(ai-costs completion --offer ${offer.slice(1)} 2>/dev/null)` : offer
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`
}

const PLACES = `
# Prints the command that is being typed, and the number of its argument; options without a command are the pane's.
function __ai_costs_place
  set -l words (commandline -opc) (commandline -ct)
  set -l command $words[2]
  set -l first 3
  if test (count $words) -le 2; and not string match -q -- '-*' $command
    echo ''
    echo 0
    return
  end
  if string match -q -- '-*' $command
    set command BARE
    set first 2
  end
  set -l valued (__ai_costs_valued $command)
  set -l nth 1
  set -l is_value 0
  for word in $words[$first..-2]
    if test $is_value = 1
      set is_value 0
    else if contains -- $word $valued
      set is_value 1
    else if not string match -q -- '-?*' $word
      set nth (math $nth + 1)
    end
  end
  echo $command
  echo $nth
end

function __ai_costs_in
  set -l place (__ai_costs_place)
  test "$place[1]" = "$argv[1]"
end

function __ai_costs_at
  set -l place (__ai_costs_place)
  test "$place[1]" = "$argv[1]" -a "$place[2]" = $argv[2]
end

function __ai_costs_from
  set -l place (__ai_costs_place)
  test "$place[1]" = "$argv[1]" -a "$place[2]" -ge $argv[2]
end
`
