import { Button, Group, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { IconLock, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import type { ConversationMessage, ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';
import { mergeMessage } from '@/stream/merge';
import { Problem } from '@/ui/states';
import classes from './conversations.module.css';
import { answered, askedBy } from './suggest';
import { idOfChoice, Suggestions, useChoices, type Choice } from './Suggestions';

/** What is being written, and whether for colleagues only: kept together, so that no note goes out as an answer. */
interface Draft {
  text: string;
  isNote: boolean;
}

const nothing: Draft = { text: '', isNote: false };

/** An agent's answer to the customer or note for colleagues; what was written stays until the server has it. */
export function ReplyBox({ conversationId }: { conversationId: string }) {
  const { t } = useI18n();
  const [draft, setDraft] = useDraft(`words.${conversationId}`, nothing);
  const { text, isNote } = draft;
  const write = useWrite(conversationId, () => setDraft(isNote ? { ...nothing, isNote } : nothing));
  const suggesting = useSuggesting(conversationId, draft, setDraft);
  const submit = () => {
    if (text.trim() && !write.isPending) write.mutate({ text: text.trim(), isNote });
  };
  return (
    <form
      data-note={isNote || undefined}
      className={classes.words}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap={8}>
        {write.error && <Problem error={write.error} />}
        <SegmentedControl
          w="fit-content"
          aria-label={t('conversation.kind')}
          value={isNote ? 'note' : 'reply'}
          onChange={(kind) => setDraft({ text, isNote: kind === 'note' })}
          data={[
            { value: 'reply', label: t('conversation.reply') },
            { value: 'note', label: t('conversation.note') },
          ]}
          data-testid="reply-kind"
        />
        <Textarea
          aria-label={t(isNote ? 'conversation.note' : 'conversation.reply')}
          placeholder={t(isNote ? 'conversation.noteHint' : 'conversation.replyHint')}
          value={text}
          onChange={(event) => setDraft({ text: event.currentTarget.value, isNote })}
          {...suggesting.attributes}
          onKeyDown={(event) => {
            if (suggesting.onKey(event.key)) event.preventDefault();
            else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
          autosize
          minRows={2}
          maxRows={10}
          dir={text ? 'auto' : undefined}
          classNames={{ input: classes.wordsInput }}
          data-testid="reply-text"
        />
        {suggesting.list}
        <Group justify="flex-end">
          <Button
            type="submit"
            variant={isNote ? 'default' : 'filled'}
            loading={write.isPending}
            disabled={!text.trim()}
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

/** Canned replies and colleagues below the box: arrows and Enter choose, Escape puts them aside. */
function useSuggesting(conversationId: string, { text, isNote }: Draft, setDraft: (draft: Draft) => void) {
  const listId = useId();
  const [active, setActive] = useState(0);
  const [putAside, setPutAside] = useState('');
  const asked = putAside === text ? null : askedBy(text, isNote);
  const choices = useChoices(asked);
  const fill = useMutation({
    mutationFn: async ({ id }: Choice) =>
      asked?.kind === 'agent'
        ? id
        : (await send<{ text: string }>(path`/conversations/${conversationId}/replies/${id}`)).value.text,
    onSuccess: (chosen) => asked && setDraft({ text: answered(text, asked, chosen), isNote }),
  });
  const isOpen = asked !== null && choices.length > 0;
  const at = Math.min(active, choices.length - 1);
  const move = (by: number) => setActive((at + by + choices.length) % choices.length);
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => fill.mutate(choices[at]!),
    Tab: () => fill.mutate(choices[at]!),
    Escape: () => setPutAside(text),
  };
  return {
    /** Whether the key was for the list. */
    onKey: (key: string) => {
      const act = isOpen ? keys[key] : undefined;
      act?.();
      return act !== undefined;
    },
    attributes: isOpen
      ? { role: 'combobox', 'aria-expanded': true, 'aria-controls': listId, 'aria-activedescendant': idOfChoice(listId, at) }
      : {},
    list: isOpen && <Suggestions id={listId} asked={asked} choices={choices} active={at} onChoose={fill.mutate} />,
  };
}

function useWrite(conversationId: string, onWritten: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, isNote }: Draft) =>
      send<ConversationMessage>(path`/conversations/${conversationId}/messages`, { method: 'POST', body: { text, internal: isNote } }),
    onSuccess: ({ value }) => {
      onWritten();
      client.setQueryData<Versioned<ConversationView>>(
        ['conversation', conversationId],
        (known) => known && { ...known, value: mergeMessage(known.value, value) },
      );
    },
  });
}
