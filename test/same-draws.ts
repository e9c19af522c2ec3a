import * as fc from 'fast-check'

// A red build must tell of the change that was built, so the cases that properties draw are the same each time.
// `DRAWS=other npm test` draws others; what it finds becomes an `examples` of its property.
if (process.env['DRAWS'] === undefined) fc.configureGlobal({ seed: 20251215 })
