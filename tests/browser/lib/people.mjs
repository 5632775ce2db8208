// Who calls: people of the sample org, and some whom it does not know.

/** A contact. */
export const ADA = { number: '+44 20 7946 0021', name: 'Ada Byron' };
