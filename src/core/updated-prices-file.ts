/** Beside the user's settings: what `models update` wrote. Removing it undoes every update. */
export const UPDATED_PRICES = 'prices.updated.json'
