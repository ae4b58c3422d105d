import { useI18n } from '@/i18n';
import { Badge } from '@/ui/Badges';
import type { ProcessState } from '@/api/types';

const tones = { active: 'ok', joining: 'accent', leaving: 'minor', lost: 'critical' } as const satisfies Record<ProcessState, string>;

export function ProcessStateBadge({ state }: { state: ProcessState }) {
  const { code } = useI18n();
  return (
    <Badge tone={tones[state] ?? 'dim'} hollow={state !== 'active'}>
      {code('processState', state)}
    </Badge>
  );
}
