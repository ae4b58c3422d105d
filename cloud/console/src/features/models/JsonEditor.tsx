import { Button, Group, Text } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { FieldMistake } from '@/api/client';
import { useI18n } from '@/i18n';
import { mistakeOf, type Speaker } from '@/sentences/sentences';
import classes from './editor.module.css';
import { offsetOf, offsetOfPointer, offsetWithin, placeAt, wordEnd } from './jsonPlace';
import { completionsAt, type Completion } from './vocabulary';

interface Mark {
  from: number;
  to: number;
  message: string;
}

/** JSON with what may stand at the caret below it, and a line under each word that was refused. */
export function JsonEditor({
  value,
  label,
  mistakes,
  onChange,
}: {
  value: string;
  label: string;
  mistakes: FieldMistake[];
  onChange: (value: string) => void;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(value.length);
  const place = placeAt(value, caret);
  const completions = completionsAt(place);
  const marks = marksOf(value, mistakes, i18n);

  const goTo = (from: number, to: number) => {
    area.current?.focus();
    area.current?.setSelectionRange(from, to);
    setCaret(to);
  };
  const complete = ({ text }: Completion) => {
    const rest = value.slice(caret).replace(/^[\w-]*"?/, '');
    onChange(value.slice(0, place.from) + text + rest);
    // Between the quotes or brackets that were written with it.
    const inside = /[\]}"]$/.test(text) && /""$|\{\}$|\[\]$/.test(text) ? 1 : 0;
    const end = place.from + text.length - inside;
    requestAnimationFrame(() => goTo(end, end));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== ' ' || !event.ctrlKey || !completions[0]) return;
    event.preventDefault();
    complete(completions[0]);
  };

  return (
    <div>
      <div className={classes.editor} dir="ltr">
        <pre className={classes.marks} aria-hidden>
          {withMarks(value, marks)}
          {'\n'}
        </pre>
        <textarea
          ref={area}
          className={classes.text}
          aria-label={label}
          aria-invalid={marks.length > 0 || undefined}
          spellCheck={false}
          autoCapitalize="off"
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          data-testid="model-text"
        />
      </div>
      <Group gap={6} mt={8} mih={30} role="group" aria-label={t('model.completions')}>
        {completions.length === 0 ? (
          <Text size="xs" c="var(--dim)">
            {t('model.completionHint')}
          </Text>
        ) : (
          completions.map((completion) => (
            <Button
              key={completion.label}
              size="xs"
              variant="default"
              className="mono"
              onClick={() => complete(completion)}
              data-testid="model-completion"
            >
              {completion.label}
            </Button>
          ))
        )}
      </Group>
      {marks.length > 0 && (
        <ul className={classes.mistakes} role="alert">
          {marks.map((mark, i) => (
            <li key={i}>
              <button type="button" onClick={() => goTo(mark.from, mark.to)} data-testid="model-mistake">
                <bdi>{mark.message}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function marksOf(text: string, mistakes: FieldMistake[], i18n: Speaker): Mark[] {
  return mistakes.map((mistake) => {
    const from = placeOf(text, mistake);
    return { from, to: wordEnd(text, from), message: mistakeOf(mistake, i18n) };
  });
}

/** A rule's lines and columns are those of its own text, every other's of the document. */
function placeOf(text: string, { pointer, line = 1, column = 1, code }: FieldMistake): number {
  const rule = code?.startsWith('mistake.rule') && pointer ? offsetOfPointer(text, pointer) : null;
  return rule === null ? offsetOf(text, line, column) : offsetWithin(text, rule, line, column);
}

function withMarks(text: string, marks: Mark[]) {
  let at = 0;
  const parts = marks
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ from, to }) => {
      if (from < at) return [];
      const before = text.slice(at, from);
      at = to;
      return [before, <mark key={from}>{text.slice(from, to) || ' '}</mark>];
    });
  return [...parts, text.slice(at)];
}
