import { Button, Group, Stack, Textarea } from '@mantine/core';
import type { FormEvent } from 'react';
import { useI18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';

interface NoteSender {
  mutate(text: string, options: { onSuccess: () => void }): void;
  isPending: boolean;
}

/** A note for colleagues; it appears on the timeline when the server has it. `about` names what it is about, and the draft by it. */
export function NoteForm({ about, note }: { about: string; note: NoteSender }) {
  const { t } = useI18n();
  const [text, setText] = useDraft(`note.${about}`, '');
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim()) note.mutate(text.trim(), { onSuccess: () => setText('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={8}>
        <Textarea
          aria-label={t('case.noteLabel')}
          placeholder={t('case.noteLabel')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
          autosize
          minRows={1}
          maxRows={8}
          dir={text ? 'auto' : undefined}
          data-testid="note-text"
        />
        {text && (
          <Group justify="flex-end">
            <Button type="submit" loading={note.isPending} data-testid="note-save">
              {t('case.note')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
