/** The end of a report on a session, in Markdown: room for what only its user knows. */
export const SESSION_NOTES = `
## Notes

- What was done:
- What went well:
- What to do otherwise:
- Next steps:
`
