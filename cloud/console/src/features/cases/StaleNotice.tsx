import { Alert } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { caseTimelineQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { useActorName } from '@/ui/useActorName';

/** After a refused change (412): who was faster, as far as the case's timeline tells. */
export function StaleNotice({ caseId, error }: { caseId: string; error: unknown }) {
  const { t } = useI18n();
  const stale = error instanceof ApiError && error.status === 412;
  const timeline = useInfiniteQuery({ ...caseTimelineQuery(caseId), enabled: stale }).data;
  const last = timeline?.pages.flatMap((page) => page.items).find((entry) => entry.kind.startsWith('case.'));
  const name = useActorName(last?.actor);
  if (!stale) return null;
  return (
    <Alert role="alert" color="yellow" variant="light" mb="md" icon={<IconGitMerge size={18} aria-hidden />}>
      {t('case.changedByOther', { name: name ?? t('case.someone') })}
    </Alert>
  );
}
