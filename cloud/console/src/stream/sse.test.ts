import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './sse';

describe('EventStreamParser', () => {
  it('reads an event with its kind, id and data', () => {
    const parser = new EventStreamParser();
    expect(parser.push('event: case\nid: 7\ndata: {"id":"c"}\n\n')).toEqual([{ kind: 'case', data: '{"id":"c"}' }]);
    expect(parser.lastEventId).toBe('7');
  });

  it('gives the same events wherever the stream is cut', () => {
    const text = ': hello\r\n\r\nevent: twin\r\ndata: 1\r\n\r\nid: 9\rdata: a\rdata: b\r\rdata: x\n\n';
    const whole = new EventStreamParser().push(text);
    expect(whole).toEqual([
      { kind: 'twin', data: '1' },
      { kind: 'message', data: 'a\nb' },
      { kind: 'message', data: 'x' },
    ]);
    for (let cut = 1; cut < text.length; cut++) {
      const parser = new EventStreamParser();
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], `cut at ${cut}`).toEqual(whole);
    }
  });

  it('does not carry the kind of one event into the next', () => {
    const [, second] = new EventStreamParser().push('event: case\ndata: 1\n\ndata: 2\n\n');
    expect(second?.kind).toBe('message');
  });

  it('gives no event for one without data, but remembers its id', () => {
    const parser = new EventStreamParser();
    expect(parser.push('id: 1\n\n')).toEqual([]);
    expect(parser.lastEventId).toBe('1');
  });

  it('keeps the position when later events have no id', () => {
    const parser = new EventStreamParser();
    parser.push('id: 5\ndata: a\n\ndata: b\n\n');
    expect(parser.lastEventId).toBe('5');
  });

  it('does not move the position for an event that is not complete', () => {
    const parser = new EventStreamParser();
    parser.push('id: 5\ndata: a\n');
    expect(parser.lastEventId).toBeNull();
  });

  it('waits for the empty line', () => {
    expect(new EventStreamParser().push('data: 1\n')).toEqual([]);
  });
});
