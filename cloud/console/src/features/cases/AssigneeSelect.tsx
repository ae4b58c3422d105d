import { Button, Select } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { useAgents } from './useAgents';

/** Whose something is: given to anybody, or to oneself with one click. */
export function AssigneeSelect({ assignee, onChange }: { assignee: string | null; onChange: (assignee: string | null) => void }) {
  const { t } = useI18n();
  const { agents, me, nameOf } = useAgents();
  const known = agents.map((agent) => ({ value: agent.id, label: agent.name }));
  if (assignee && !agents.some((agent) => agent.id === assignee)) known.push({ value: assignee, label: nameOf(assignee) });
  return (
    <>
      <Select
        size="xs"
        w={160}
        aria-label={t('case.assignee')}
        placeholder={t('case.unassigned')}
        value={assignee}
        clearable
        searchable
        onChange={onChange}
        data={known}
        data-testid="assignee"
      />
      {assignee !== me && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconUserPlus size={14} aria-hidden />}
          onClick={() => onChange(me)}
          data-key="i"
          data-testid="assign-me"
        >
          {t('case.assignToMe')}
        </Button>
      )}
    </>
  );
}
