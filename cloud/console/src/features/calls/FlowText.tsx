import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import type { Flow } from './flow';
import classes from './calls.module.css';

/** Null while it is no object. */
function read(text: string): Flow | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** The same flow as its document, for who would rather write it; without `onChange` it is only read. */
export function FlowText({ flow, onChange }: { flow: Flow; onChange?: (flow: Flow) => void }) {
  const { t } = useI18n();
  // Kept while it is typed: what is no JSON yet is nothing to draw.
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && read(typed) === null;
  return (
    <Panel>
      <details className={classes.text}>
        <summary>{t('flow.document')}</summary>
        <Textarea
          aria-label={t('flow.document')}
          error={isWrong && t('flow.noJson')}
          readOnly={!onChange}
          autosize
          minRows={12}
          maxRows={34}
          dir="ltr"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          value={typed ?? JSON.stringify(flow, null, 2)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            const written = read(text);
            setTyped(text);
            if (written) onChange?.(written);
          }}
          onBlur={() => !isWrong && setTyped(null)}
          data-testid="flow-document"
        />
      </details>
    </Panel>
  );
}
