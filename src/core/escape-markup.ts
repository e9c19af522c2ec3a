/** Text as it stands between the tags of XML, of a desktop notification and of Slack; not within an attribute. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
