import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { unassigned } from './search';
import { useAgents } from './useAgents';

interface FilterProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  testId?: string;
}

/** Whose: one's own, nobody's, or a colleague's. */
export function AssigneeFilter({ value, onChange, testId }: FilterProps) {
  const { t } = useI18n();
  const { agents, me } = useAgents();
  const others = agents.filter((agent) => agent.id !== me).map((agent) => ({ value: agent.id, label: agent.name }));
  return (
    <Select
      aria-label={t('case.assignee')}
      placeholder={t('case.assignee')}
      clearable
      searchable
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      data={[{ value: me, label: t('case.me') }, { value: unassigned, label: t('case.unassigned') }, ...others]}
      data-testid={testId}
    />
  );
}

/** One of the queues that there are; `counts` names them. */
export function QueueFilter({ value, onChange, testId, counts }: FilterProps & { counts: Record<string, number> | undefined }) {
  const { t } = useI18n();
  const queues = new Set([...Object.keys(counts ?? {}), ...(value ? [value] : [])]);
  return (
    <Select
      aria-label={t('case.queue')}
      placeholder={t('case.queue')}
      clearable
      searchable
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      data={[...queues].sort()}
      data-testid={testId}
    />
  );
}

/** Back to all. */
export function ClearFilters({ onClear }: { onClear: () => void }) {
  const { t } = useI18n();
  return (
    <Button variant="subtle" color="gray" leftSection={<IconX size={14} aria-hidden />} onClick={onClear}>
      {t('inbox.clear')}
    </Button>
  );
}
