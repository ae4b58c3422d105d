import { ActionIcon, FileButton, Pill } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { Problem } from '@/ui/states';
import classes from './conversations.module.css';
import type { DraftFile } from './draft';
import type { useAttaching } from './useAttaching';

interface AttachmentTrayProps {
  files: readonly DraftFile[];
  attaching: ReturnType<typeof useAttaching>;
  onRemove: (id: string) => void;
}

/** The files that go with what is being written, and the way to more. */
export function AttachmentTray({ files, attaching, onRemove }: AttachmentTrayProps) {
  const { t, number } = useI18n();
  const { attach, arriving, error } = attaching;
  return (
    <div className={classes.tray}>
      <FileButton multiple onChange={attach} inputProps={{ 'data-testid': 'attach-input' } as never}>
        {(props) => (
          <ActionIcon {...props} variant="subtle" aria-label={t('conversation.attach')} title={t('conversation.attachHint')}>
            <IconPaperclip size={17} />
          </ActionIcon>
        )}
      </FileButton>
      {files.map(({ id, name }) => (
        <Pill
          key={id}
          withRemoveButton
          onRemove={() => onRemove(id)}
          removeButtonProps={{ 'aria-hidden': false, 'aria-label': t('conversation.attachRemove', { name }), tabIndex: 0 }}
          data-testid="attached"
        >
          <bdi>{name}</bdi>
        </Pill>
      ))}
      {arriving && (
        <span role="status">{t('conversation.attaching', { name: arriving.name, part: `${number(Math.round(arriving.part * 100))} %` })}</span>
      )}
      {error ? <Problem error={error} /> : null}
    </div>
  );
}
