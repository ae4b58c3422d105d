import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Imported, ImportedLine } from '@/api/types';
import { useI18n } from '@/i18n';
import { saveFile } from '@/lib/saveFile';
import { Panel } from '@/ui/Panel';
import { mistakesFile, refusedOf } from './outcome';
import classes from './imports.module.css';

/** Of very many lines so many more are shown each time. */
const part = 200;

/** What a file came to, or would: how much, and the lines that are wrong. */
export function ImportOutcome({ imported, isDry }: { imported: Imported; isDry: boolean }) {
  const { t, number } = useI18n();
  const refused = refusedOf(imported);
  const values = { created: number(imported.created), updated: number(imported.updated), refused: number(refused.length) };
  return (
    <Panel
      title={t(isDry ? 'import.wouldBe' : 'import.done')}
      actions={
        refused.length > 0 && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => saveFile('mistakes.csv', mistakesFile(refused))}
          >
            {t('import.mistakesFile')}
          </Button>
        )
      }
    >
      <Text size="sm" role="status" data-testid="import-told" data-dry={isDry}>
        {t('import.counts', values)}
      </Text>
      {isDry && refused.length === 0 && imported.lines.length > 0 && <Text size="sm">{t('import.right')}</Text>}
      {imported.lines.length === 0 && <Text size="sm">{t('import.noLines')}</Text>}
      {refused.length > 0 && <Mistakes lines={refused} />}
    </Panel>
  );
}

function Mistakes({ lines }: { lines: ImportedLine[] }) {
  const { t, number } = useI18n();
  const [shown, setShown] = useState(part);
  return (
    <>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">{t('import.line')}</th>
            <th scope="col">{t('import.id')}</th>
            <th scope="col">{t('import.mistake')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, shown).map(({ line, id, message }) => (
            <tr key={line} data-testid="import-mistake">
              <th scope="row">{number(line)}</th>
              <td>
                <bdi className="mono">{id ?? '–'}</bdi>
              </td>
              <td>
                <bdi>{message}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shown && (
        <Button variant="subtle" fullWidth onClick={() => setShown(shown + part)}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}
