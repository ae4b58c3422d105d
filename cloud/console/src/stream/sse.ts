/** One event of a `text/event-stream`. */
export interface ServerEvent {
  kind: string;
  data: string;
}

/**
 * Parses server-sent events from chunks cut anywhere (WHATWG HTML, 9.2.6).
 * Comments and unknown fields are skipped; an event without data is none.
 */
export class EventStreamParser {
  /** The position to resume from: the last id whose event was complete, also of one without data. */
  lastEventId: string | null = null;
  private rest = '';
  private kind = '';
  private data: string[] = [];
  private id: string | null = null;

  push(chunk: string): ServerEvent[] {
    const text = this.rest + chunk;
    const events: ServerEvent[] = [];
    let start = 0;
    for (;;) {
      const end = lineEnd(text, start);
      if (end < 0) break;
      const event = this.line(text.slice(start, end));
      if (event) events.push(event);
      start = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    }
    this.rest = text.slice(start);
    return events;
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') this.kind = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id') this.id = value;
    return null;
  }

  private dispatch(): ServerEvent | null {
    if (this.id !== null) this.lastEventId = this.id;
    const event = this.data.length > 0 ? { kind: this.kind || 'message', data: this.data.join('\n') } : null;
    this.kind = '';
    this.data = [];
    this.id = null;
    return event;
  }
}

/** Index of the next line's end, or -1; a lone CR at the very end may be half of CRLF and waits. */
function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\n') return i;
    if (text[i] === '\r' && i + 1 < text.length) return i;
  }
  return -1;
}
