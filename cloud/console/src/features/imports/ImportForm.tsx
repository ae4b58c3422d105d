import { Button, Checkbox, Code, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Imported, ImportedLine } from '@/api/types';
import { useI18n } from '@/i18n';
import { Choice } from '@/ui/Choice';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { FileDrop } from './FileDrop';
import { ImportOutcome } from './ImportOutcome';
import { NewSecrets } from './NewSecrets';
import { columnsOf, myKinds, refusedOf, secretsOf, type ImportKind } from './outcome';
import { useImport } from './useImport';
import classes from './imports.module.css';

/** A file, what it would come to, and then its storing. */
export function ImportForm() {
  const { t } = useI18n();
  const kinds = myKinds();
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'customers');
  const [file, setFile] = useState<File | null>(null);
  const [partial, setPartial] = useState(false);
  // Kept whatever is chosen next: nobody can read them again.
  const [secrets, setSecrets] = useState<ImportedLine[]>([]);
  const onStored = (imported: Imported) => setSecrets((known) => [...known, ...secretsOf(imported)]);
  const { trial, store, sent, begin } = useImport({ kind, file, partial, onStored });
  const choose = (change: () => void) => {
    change();
    begin();
  };
  const running = trial.isPending || store.isPending;
  const told = store.data ?? trial.data;
  const refused = trial.data ? refusedOf(trial.data).length : 0;
  const taken = trial.data !== undefined && trial.data.lines.length > 0 && (refused === 0 || (partial && refused < trial.data.lines.length));
  return (
    <div className={classes.stack}>
      <Panel>
        <Stack gap="sm">
          <Choice
            label={t('import.kind')}
            value={kind}
            disabled={running}
            onChange={(next) => choose(() => setKind(next))}
            data={kinds.map((value) => ({ value, label: t(`importKind.${value}`) }))}
            testId="import-kind"
          />
          <Text size="sm" c="var(--dim)">
            {t('import.columns')} <Code className={classes.columns}>{columnsOf[kind]}</Code>
          </Text>
          <FileDrop file={file} disabled={running} onChoose={(next) => choose(() => setFile(next))} />
          <Checkbox
            label={t('import.partial')}
            description={t('import.partialHint')}
            checked={partial}
            disabled={running}
            onChange={(event) => setPartial(event.currentTarget.checked)}
            data-testid="import-partial"
          />
          {running && (
            <div role="status">
              <Progress value={sent * 100} animated={sent === 1} aria-label={t('import.sending')} />
              <Text size="sm">{t(sent < 1 ? 'import.sending' : trial.isPending ? 'import.checking' : 'import.storing')}</Text>
            </div>
          )}
          {(trial.error ?? store.error) && <Problem error={trial.error ?? store.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={!file || running} loading={trial.isPending} onClick={() => trial.mutate()} data-testid="import-try">
              {t('import.try')}
            </Button>
            <Button disabled={!taken || running || store.isSuccess} loading={store.isPending} onClick={() => store.mutate()} data-testid="import-store">
              {t('import.store')}
            </Button>
          </Group>
        </Stack>
      </Panel>
      {secrets.length > 0 && <NewSecrets lines={secrets} />}
      {told && <ImportOutcome key={store.data ? 'stored' : 'tried'} imported={told} isDry={!store.data} />}
    </div>
  );
}
