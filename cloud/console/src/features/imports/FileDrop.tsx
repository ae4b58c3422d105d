import { FileButton, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useI18n } from '@/i18n';
import classes from './imports.module.css';

interface FileDropProps {
  file: File | null;
  disabled: boolean;
  onChoose: (file: File) => void;
}

/** A file that is chosen, or dropped here. */
export function FileDrop({ file, disabled, onChoose }: FileDropProps) {
  const { t, number } = useI18n();
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped && !disabled) onChoose(dropped);
  };
  return (
    <FileButton
      accept=".csv,.jsonl,.ndjson,.json,text/csv"
      disabled={disabled}
      onChange={(chosen) => chosen && onChoose(chosen)}
      inputProps={{ 'aria-label': t('import.file'), 'data-testid': 'import-file' } as object}
    >
      {(button) => (
        <button
          type="button"
          {...button}
          disabled={disabled}
          className={classes.drop}
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <IconFileImport size={26} stroke={1.4} aria-hidden />
          <strong>
            <bdi>{file?.name ?? t('import.choose')}</bdi>
          </strong>
          <Text span size="sm" c="var(--dim)">
            {file ? t('import.size', { size: number(Math.ceil(file.size / 1024)) }) : t('import.chooseHint')}
          </Text>
        </button>
      )}
    </FileButton>
  );
}
