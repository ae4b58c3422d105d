/** Stands in an address for a thing that has no id yet. */
export const newAddress = 'new';
