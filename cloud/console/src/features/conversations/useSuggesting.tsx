import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { path, send } from '@/api/client';
import type { Draft } from './draft';
import { answered, askedBy } from './suggest';
import { idOfChoice, Suggestions, useChoices, type Choice } from './Suggestions';

/** Canned replies and colleagues below the box: arrows and Enter choose, Escape puts them aside. */
export function useSuggesting(conversationId: string, { text, isNote }: Draft, onFill: (text: string) => void) {
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
    onSuccess: (chosen) => asked && onFill(answered(text, asked, chosen)),
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
