/** A text of which a word depends on a number: one for each form that the language has. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export type Text = string | Forms;

export type Values = Record<string, string | number>;

/** How a language writes numbers, and which form goes with one. */
export interface Numerals {
  number(value: number): string;
  form(value: number): Intl.LDMLPluralRule;
}

/**
 * Puts values into a text's `{name}` places, numbers as the language writes them; a place without a value stays visible. The value
 * `count` chooses among forms.
 */
export function fill(text: Text, values: Values = {}, { number, form }: Numerals): string {
  return formOf(text, values.count, form).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? number(value) : value;
  });
}

function formOf(text: Text, count: string | number | undefined, form: Numerals['form']): string {
  if (typeof text === 'string') return text;
  return (typeof count === 'number' ? text[form(count)] : undefined) ?? text.other;
}
