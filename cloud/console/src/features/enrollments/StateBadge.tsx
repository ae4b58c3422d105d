import type { Enrollment } from '@/api/types';
import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import { Badge } from '@/ui/Badges';
import { stateOf, type EnrollmentState } from './terms';

const tones = { open: 'ok', full: 'minor', ended: 'dim' } as const satisfies Record<EnrollmentState, string>;

export function StateBadge({ enrollment }: { enrollment: Enrollment }) {
  const { t } = useI18n();
  const state = stateOf(enrollment, useNow());
  return (
    <Badge tone={tones[state]} hollow={state !== 'open'}>
      {t(`enrollment.${state}`)}
    </Badge>
  );
}
