import { useQuery } from '@tanstack/react-query';
import { repliesQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { useAgents } from '../cases/useAgents';
import classes from './conversations.module.css';
import { matching, type Asked } from './suggest';

/** What can be chosen in the place of what was typed. */
export interface Choice {
  id: string;
  label: string;
  hint: string;
}

export function useChoices(asked: Asked | null): Choice[] {
  const replies = useQuery({ ...repliesQuery(asked?.q ?? ''), enabled: asked?.kind === 'reply' }).data?.items ?? [];
  const { agents } = useAgents();
  if (asked?.kind === 'reply') return replies.map(({ id, title, shortcut }) => ({ id, label: title, hint: shortcut ? `/${shortcut}` : '' }));
  if (asked?.kind === 'agent') return matching(agents, asked.q).map(({ id, name }) => ({ id, label: name, hint: `@${id}` }));
  return [];
}

export const idOfChoice = (listId: string, index: number) => `${listId}-${index}`;

/** The list below the box; the keys are the box's own. */
export function Suggestions({
  id,
  asked,
  choices,
  active,
  onChoose,
}: {
  id: string;
  asked: Asked;
  choices: Choice[];
  active: number;
  onChoose: (choice: Choice) => void;
}) {
  const { t } = useI18n();
  return (
    <ul
      id={id}
      role="listbox"
      className={classes.suggestions}
      aria-label={t(asked.kind === 'reply' ? 'conversation.replies' : 'conversation.colleagues')}
    >
      {choices.map((choice, index) => (
        <li
          key={choice.id}
          id={idOfChoice(id, index)}
          role="option"
          aria-selected={index === active}
          // The box keeps the focus: what is typed next goes on in it.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(choice);
          }}
          data-testid="suggestion"
        >
          <bdi>{choice.label}</bdi> <bdi className={classes.suggestionHint}>{choice.hint}</bdi>
        </li>
      ))}
    </ul>
  );
}
