import { IconEye, IconPencil } from '@tabler/icons-react';
import type { Looker } from '@/api/types';
import { useI18n } from '@/i18n';
import { useAgents } from '../cases/useAgents';
import classes from './conversations.module.css';

/** Who else has the conversation before them, and who is writing in it: two answers at once help nobody. */
export function Lookers({ others }: { others: Looker[] }) {
  const { t } = useI18n();
  const { nameOf } = useAgents();
  const names = (typing: boolean) => others.filter((one) => one.typing === typing).map(({ agentId }) => nameOf(agentId));
  const [looking, writing] = [names(false), names(true)];
  return (
    <div role="status" className={classes.lookers} data-testid="lookers">
      {writing.length > 0 && (
        <span className={classes.writing}>
          <IconPencil size={14} aria-hidden /> <bdi>{t('conversation.othersWriting', { names: writing.join(', ') })}</bdi>
        </span>
      )}
      {looking.length > 0 && (
        <span>
          <IconEye size={14} aria-hidden /> <bdi>{t('conversation.othersLooking', { names: looking.join(', ') })}</bdi>
        </span>
      )}
    </div>
  );
}
