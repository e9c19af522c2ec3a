// Preloaded into a child (`--import`): its clock starts at the instant in E2E_CLOCK and goes on from there.
const RealDate = Date
const ahead = RealDate.parse(process.env.E2E_CLOCK ?? '') - RealDate.now()

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + ahead)
    else super(...parts)
  }

  static now() {
    return RealDate.now() + ahead
  }
}
