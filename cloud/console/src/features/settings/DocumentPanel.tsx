import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ComponentType, type ReactNode } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { documentListQuery, useList } from '@/api/lists';
import people from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';
import { ListEnd } from '@/ui/ListEnd';
import { Panel } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { nameOf, type DocumentKind, type FormProps, type Named } from './useDocumentForm';

interface DocumentPanelProps<T> {
  kind: DocumentKind;
  title?: string;
  addLabel: string;
  /** Said where there are none; without a title only that. */
  empty: { title?: string; hint: string };
  /** What is told of one beside its name. */
  facts: (item: T) => ReactNode;
  /** What more can be done with one. */
  actions?: (item: T) => ReactNode;
  Form: ComponentType<FormProps<T>>;
  /** Whether who is signed in may change them; missing: whoever sees them may. */
  writes?: boolean;
}

/** Documents of a kind: listed, made, changed and removed. */
export function DocumentPanel<T extends Named>(props: DocumentPanelProps<T>) {
  const { kind, title, addLabel, empty, Form, writes = true } = props;
  const { t } = useI18n();
  const list = useList(documentListQuery<T>(kind));
  const [edited, setEdited] = useState<{ stored: Versioned<T> | null } | null>(null);
  const open = useMutation({
    mutationFn: (id: string) => send<T>(`/${kind}` + path`/${id}`),
    onSuccess: (stored) => setEdited({ stored }),
  });
  const begin = () => setEdited({ stored: null });
  const add = writes && (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={begin}
      data-testid={`${kind}-create`}
    >
      {addLabel}
    </Button>
  );
  return (
    <Panel title={title} actions={add} flush>
      {edited && <Form stored={edited.stored} onClose={() => setEdited(null)} />}
      {open.error && <Problem error={open.error} />}
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={3} height={44} />
      ) : list.items.length === 0 ? (
        <Empty title={empty.title ?? t('state.none')} hint={empty.hint} action={writes && <BeginButton kind={kind} label={addLabel} onClick={begin} />} />
      ) : (
        <ul className={people.list}>
          {list.items.map((item) => (
            <DocumentRow key={item.id} item={item} panel={props} loading={open.isPending && open.variables === item.id} onEdit={open.mutate} />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
    </Panel>
  );
}

/** The way out of an empty list. */
function BeginButton({ kind, label, onClick }: { kind: DocumentKind; label: string; onClick: () => void }) {
  return (
    <Button mt="sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick} data-testid={`${kind}-begin`}>
      {label}
    </Button>
  );
}

interface DocumentRowProps<T> {
  item: T;
  panel: DocumentPanelProps<T>;
  loading: boolean;
  onEdit: (id: string) => void;
}

function DocumentRow<T extends Named>({ item, panel, loading, onEdit }: DocumentRowProps<T>) {
  const { t } = useI18n();
  const { kind, facts, actions, writes = true } = panel;
  const [asks, setAsks] = useState(false);
  const remove = useRemoval(kind, item.id);
  return (
    <li className={people.row} data-testid={`${kind}-row`} data-id={item.id}>
      {asks && (
        <Confirm
          title={t('action.delete')}
          hint={t('setting.removeHint', { name: nameOf(item) })}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsks(false)}
          testId={`${kind}-confirm`}
        />
      )}
      <div className={people.what}>
        <strong>
          <bdi>{nameOf(item)}</bdi>
        </strong>
        <div className={people.dim}>{facts(item)}</div>
      </div>
      {writes && (
        <Group gap="xs">
          {actions?.(item)}
          <Button variant="default" size="compact-sm" loading={loading} onClick={() => onEdit(item.id)} data-testid={`${kind}-edit`}>
            {t('action.edit')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              remove.reset();
              setAsks(true);
            }}
            data-testid={`${kind}-remove`}
          >
            {t('action.delete')}
          </Button>
        </Group>
      )}
    </li>
  );
}

function useRemoval(kind: DocumentKind, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(`/${kind}` + path`/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      for (const key of [`${kind}List`, kind]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
