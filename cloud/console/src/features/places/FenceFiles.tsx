import { Button, Checkbox, FileInput, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { urlOf, type FieldMistake } from '@/api/client';
import { may } from '@/api/rights';
import type { ImportedFences } from '@/api/types';
import { upload } from '@/api/upload';
import { useI18n } from '@/i18n';
import { mistakeOf } from '@/sentences/sentences';
import { Picker } from '@/ui/Picker';
import { Problem } from '@/ui/states';
import classes from './places.module.css';

/** Fences out into a GeoJSON file, and in from one. */
export function FenceFiles() {
  const { t } = useI18n();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Button
        component="a"
        href={urlOf('/fences/export')}
        download="fences.geojson"
        variant="default"
        leftSection={<IconDownload size={15} aria-hidden />}
        data-testid="fence-export"
      >
        {t('fence.export')}
      </Button>
      {may('writePlaces') && (
        <Button
          variant="default"
          leftSection={<IconUpload size={15} aria-hidden />}
          onClick={() => setImporting(true)}
          data-testid="fence-import"
        >
          {t('fence.import')}
        </Button>
      )}
      {importing && <ImportModal onClose={() => setImporting(false)} />}
    </>
  );
}

function ImportModal({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [siteId, setSiteId] = useState<string | null>(null);
  const [replace, setReplace] = useState(false);
  const [partial, setPartial] = useState(false);
  const [sent, setSent] = useState(0);
  const run = useMutation({
    mutationFn: (chosen: File) =>
      upload<ImportedFences>('/fences/import', { siteId, replace: String(replace && siteId !== null), partial: String(partial) }, chosen, setSent),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey: [key] }) => typeof key === 'string' && key.startsWith('fence') }),
  });
  return (
    <Modal opened onClose={onClose} title={t('fence.importTitle')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <FileInput
          label={t('fence.importFile')}
          description={t('fence.importFileHint')}
          accept=".geojson,.json,application/geo+json,application/json"
          value={file}
          onChange={setFile}
          data-testid="fence-import-file"
        />
        <Picker kind="sites" label={t('fence.importSite')} description={t('fence.importSiteHint')} clearable value={siteId} onChange={setSiteId} />
        <Checkbox
          label={t('fence.importReplace')}
          checked={replace && siteId !== null}
          disabled={siteId === null}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
        <Checkbox label={t('fence.importPartial')} checked={partial} onChange={(event) => setPartial(event.currentTarget.checked)} />
        {run.isPending && (
          <div role="status">
            <Progress value={sent * 100} animated={sent === 1} aria-label={t('fence.importTitle')} />
            {sent === 1 && <Text size="sm">{t('fence.importWorking')}</Text>}
          </div>
        )}
        {run.error && <Problem error={run.error} />}
        {run.data && <Outcome imported={run.data} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.close')}
          </Button>
          <Button disabled={file === null} loading={run.isPending} onClick={() => file && run.mutate(file)} data-testid="fence-import-run">
            {t('fence.import')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** How many of a file were taken, and what was refused of which features. */
function Outcome({ imported }: { imported: ImportedFences }) {
  const i18n = useI18n();
  const { t, number } = i18n;
  const { created, updated, removed, refused, refusedCount } = imported;
  return (
    <div role="status" data-testid="fence-import-done">
      <Text size="sm">
        {t('fence.importDone', {
          created: number(created),
          updated: number(updated),
          removed: number(removed),
          refused: number(refusedCount),
        })}
      </Text>
      {refused.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {t('fence.importRefused')}
          </Text>
          <ul className={classes.list}>
            {refused.map(({ index, id, errors }) => (
              <li key={index}>
                <bdi className="mono">{id ?? `#${index + 1}`}</bdi>{' '}
                <Text span size="sm">
                  {errors.map((mistake) => mistakeOf(mistake as FieldMistake, i18n)).join('; ')}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
