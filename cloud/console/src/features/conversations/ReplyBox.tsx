import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { IconLock, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import type { ConversationMessage, ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { changeDraft, useDraft } from '@/lib/useDraft';
import { mergeMessage } from '@/stream/merge';
import { Problem } from '@/ui/states';
import { AttachmentTray } from './AttachmentTray';
import classes from './conversations.module.css';
import { isReady, joined, messageOf, nothing, type Draft } from './draft';
import { HeldAnswer } from './HeldAnswer';
import { Lookers } from './Lookers';
import { useAttaching } from './useAttaching';
import { useHeld } from './useHeld';
import { useLooking } from './useLooking';
import { useSuggesting } from './useSuggesting';

/** An agent's answer to the customer or note for colleagues. An answer can be taken back for a moment; what was written stays until the server has it. */
export function ReplyBox({ conversationId }: { conversationId: string }) {
  const { t } = useI18n();
  const [draft, setDraft] = useDraft(`words.${conversationId}`, nothing);
  const { text, isNote } = draft;
  const write = useWrite(conversationId);
  const { held, hold, undo } = useHeld(`held.${conversationId}`, write.mutate, setDraft);
  const files = draft.files ?? [];
  const attaching = useAttaching(files, (file) => setDraft((known) => ({ ...known, files: [...(known.files ?? []), file] })));
  const suggesting = useSuggesting(conversationId, draft, (filled) => setDraft((known) => ({ ...known, text: filled })));
  const others = useLooking(conversationId, text);
  const [refocus, setRefocus] = useState(false);
  const submit = () => {
    if (!isReady(draft) || write.isPending || attaching.arriving) return;
    setDraft(isNote ? { ...nothing, isNote } : nothing);
    if (isNote) write.mutate(draft);
    else {
      setRefocus(true);
      hold(draft);
    }
  };
  if (held) return <HeldAnswer text={messageOf(held.draft).text} at={held.at} onUndo={undo} />;
  return (
    <form
      data-note={isNote || undefined}
      className={classes.words}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        attaching.attach([...event.dataTransfer.files]);
      }}
    >
      <Stack gap={8}>
        {write.error && <Problem error={write.error} />}
        <SegmentedControl
          w="fit-content"
          aria-label={t('conversation.kind')}
          value={isNote ? 'note' : 'reply'}
          onChange={(kind) => setDraft({ ...draft, isNote: kind === 'note' })}
          data={[
            { value: 'reply', label: t('conversation.reply') },
            { value: 'note', label: t('conversation.note') },
          ]}
          data-testid="reply-kind"
        />
        <Textarea
          autoFocus={refocus}
          aria-label={t(isNote ? 'conversation.note' : 'conversation.reply')}
          placeholder={t(isNote ? 'conversation.noteHint' : 'conversation.replyHint')}
          value={text}
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
          {...suggesting.attributes}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            attaching.attach([...event.clipboardData.files]);
          }}
          onKeyDown={(event) => {
            if (suggesting.onKey(event.key)) event.preventDefault();
            else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
          autosize
          minRows={2}
          maxRows={10}
          dir={text ? 'auto' : undefined}
          classNames={{ input: classes.wordsInput }}
          data-key="r"
          data-testid="reply-text"
        />
        {suggesting.list}
        <Lookers others={others} />
        <Group justify="space-between">
          <AttachmentTray
            files={files}
            attaching={attaching}
            onRemove={(id) => setDraft({ ...draft, files: files.filter((file) => file.id !== id) })}
          />
          <Button
            type="submit"
            variant={isNote ? 'default' : 'filled'}
            loading={write.isPending}
            disabled={!isReady(draft) || attaching.arriving !== null}
            leftSection={isNote ? <IconLock size={15} aria-hidden /> : <IconSend size={15} aria-hidden />}
            data-testid="reply-send"
          >
            {t(isNote ? 'case.note' : 'action.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Writes what was decided on; what the server did not take stands before what was written since, wherever that is now. */
function useWrite(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) =>
      send<ConversationMessage>(path`/conversations/${conversationId}/messages`, { method: 'POST', body: messageOf(draft) }),
    onError: (_, draft) => changeDraft(`words.${conversationId}`, nothing, (newer) => joined(draft, newer)),
    onSuccess: ({ value }) => {
      client.setQueryData<Versioned<ConversationView>>(
        ['conversation', conversationId],
        (known) => known && { ...known, value: mergeMessage(known.value, value) },
      );
    },
  });
}
