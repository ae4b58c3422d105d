/** What of a text asks for suggestions. */
export interface Asked {
  kind: 'reply' | 'agent';
  /** What was typed of it. */
  q: string;
  /** Where the asking begins; it ends with the text. */
  from: number;
}

const slash = /^\/(\S*)$/;
const mention = /(?:^|[\s(])@([\p{L}\p{N}_.-]*)$/u;

/** `/` at the beginning of an answer asks for canned replies, `@` at the end of a note for colleagues; null: nothing is asked for. */
export function askedBy(text: string, isNote: boolean): Asked | null {
  if (!isNote) {
    const found = slash.exec(text);
    return found && { kind: 'reply', q: found[1]!, from: 0 };
  }
  const found = mention.exec(text);
  return found && { kind: 'agent', q: found[1]!, from: text.length - found[1]!.length - 1 };
}

/** The text with what was chosen in the place of the asking. */
export const answered = (text: string, asked: Asked, chosen: string) =>
  text.slice(0, asked.from) + (asked.kind === 'agent' ? `@${chosen} ` : chosen);

/** The colleagues whose id or name has it. */
export const matching = <T extends { id: string; name: string }>(agents: T[], q: string) => {
  const wanted = q.toLocaleLowerCase();
  return agents.filter(({ id, name }) => `${id} ${name}`.toLocaleLowerCase().includes(wanted)).slice(0, 8);
};
