import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentsQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Agent, Role } from '@/api/types';
import { useI18n } from '@/i18n';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { AgentModal } from './AgentModal';
import { AgentRow } from './AgentRow';
import classes from './people.module.css';
import { rolesQuery } from './queries';
import { RoleModal } from './RoleModal';
import { RoleRow } from './RoleRow';

/** Who may sign in, and what each role may do. */
export function PeoplePage() {
  const { t } = useI18n();
  const [adds, setAdds] = useState(false);
  return (
    <div className="page">
      <PageHead
        title={t('nav.people')}
        actions={
          may('administer') && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdds(true)} data-testid="agent-create">
              {t('people.add')}
            </Button>
          )
        }
      />
      {adds && <AgentModal agent={null} onClose={() => setAdds(false)} />}
      <div className={classes.stack}>
        <People />
        <Roles />
      </div>
    </div>
  );
}

function People() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(agentsQuery);
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const [edited, setEdited] = useState<Agent | null>(null);
  return (
    <Panel title={t('nav.people')} flush>
      {edited && <AgentModal agent={edited} onClose={() => setEdited(null)} />}
      {error ? (
        <Problem error={error} onRetry={refetch} />
      ) : !data ? (
        <Loading rows={3} height={44} />
      ) : (
        <ul className={classes.list}>
          {data.items.map((agent) => (
            <AgentRow key={agent.id} agent={agent} role={roles.find((role) => role.id === agent.role)} onEdit={() => setEdited(agent)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Roles() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [edited, setEdited] = useState<Role | 'new' | null>(null);
  const add = may('administer') && (
    <Button variant="default" size="compact-sm" onClick={() => setEdited('new')} data-testid="role-create">
      {t('roles.add')}
    </Button>
  );
  return (
    <Panel title={t('roles.title')} actions={add} flush>
      {edited && (
        <RoleModal
          role={edited === 'new' ? null : edited}
          taken={data?.items.map((role) => role.id) ?? []}
          onClose={() => setEdited(null)}
        />
      )}
      {error ? (
        <Problem error={error} onRetry={refetch} />
      ) : !data ? (
        <Loading rows={5} height={44} />
      ) : (
        <ul className={classes.list}>
          {data.items.map((role) => (
            <RoleRow key={role.id} role={role} onEdit={() => setEdited(role)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
