/** What has a name that pages show beside an id. */
export type Named = 'customers' | 'devices' | 'sites' | 'fences' | 'beacons';

export type Names = Partial<Record<Named, Record<string, string>>>;

/** Ids of one kind in one call at most. */
const mostIds = 500;

interface Waiting {
  kind: Named;
  id: string;
  resolve: (name: string | null) => void;
  reject: (cause: unknown) => void;
}

/** Gathers what a page asks for while it is drawn, and asks the server once for all of it. */
export class NameLoader {
  private waiting: Waiting[] = [];

  constructor(private readonly ask: (ids: Partial<Record<Named, string[]>>) => Promise<Names>) {}

  load(kind: Named, id: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setTimeout(() => this.flush(), 0);
      this.waiting.push({ kind, id, resolve, reject });
    });
  }

  private flush() {
    const all = this.waiting;
    this.waiting = [];
    for (let from = 0; from < all.length; from += mostIds) void this.answer(all.slice(from, from + mostIds));
  }

  private async answer(part: Waiting[]) {
    const ids: Partial<Record<Named, string[]>> = {};
    for (const { kind, id } of part) (ids[kind] ??= []).push(id);
    try {
      const names = await this.ask(ids);
      for (const { kind, id, resolve } of part) resolve(names[kind]?.[id] ?? null);
    } catch (cause) {
      for (const { reject } of part) reject(cause);
    }
  }
}
