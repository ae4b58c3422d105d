import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { may } from '@/api/rights';
import { useSave } from '@/api/useSave';
import type { WrittenFlow } from '@/api/voice';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { PageHead, Panel } from '@/ui/Panel';
import { SavedMark, SaveTrouble } from '@/ui/SaveState';
import { Loading, QueryView } from '@/ui/states';
import { FlowGraph } from './FlowGraph';
import { FlowTrial } from './FlowTrial';
import { graphOf, nodeOf } from './graph';
import classes from './calls.module.css';

const example: Omit<WrittenFlow, 'id'> = {
  name: '',
  start: 'hello',
  nodes: {
    hello: { say: { en: 'Welcome. Press 1 to speak with a person.' }, next: 'ask' },
    ask: { gather: { digits: 1, choices: { 1: { next: 'person' } }, exhausted: 'person' } },
    person: { queue: 'support' },
  },
};

/** A voice menu: its document, how it is drawn, and how a call would go. */
export function FlowPage() {
  const { id } = useParams({ from: '/shell/flows/$id' });
  const query = useQuery({
    queryKey: ['flow', id],
    queryFn: ({ signal }) => send<WrittenFlow>(path`/flows/${id}`, { signal }),
    enabled: id !== newAddress,
  });
  return (
    <div className="page">
      {id === newAddress ? (
        <FlowForm key={id} />
      ) : (
        <QueryView query={query} loading={<Loading rows={12} height={24} />}>
          {(stored) => <FlowForm key={id} stored={stored} />}
        </QueryView>
      )}
    </div>
  );
}

const written = ({ id: _, ...rest }: WrittenFlow | Omit<WrittenFlow, 'id'> & { id?: string }) => JSON.stringify(rest, null, 2);

/** Null while it is no object. */
function read(text: string): Omit<WrittenFlow, 'id'> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function FlowForm({ stored }: { stored?: Versioned<WrittenFlow> }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [id, setId] = useState(stored?.value.id ?? '');
  const [text, setText] = useState(written(stored?.value ?? example));
  const flow = useMemo(() => read(text), [text]);
  const mine = { ...flow, id: id.trim() };
  const save = useSave<WrittenFlow>({
    etag: stored?.etag ?? null,
    save: (ifMatch) => send<WrittenFlow>(path`/flows/${mine.id}`, { method: 'PUT', body: mine, ifMatch }),
    read: () => send<WrittenFlow>(path`/flows/${mine.id}`),
    onSaved: () => {
      for (const key of ['flowList', 'flow']) void client.invalidateQueries({ queryKey: [key] });
      if (!stored) void navigate({ to: '/flows/$id', params: { id: mine.id } });
    },
  });
  const wrong = new Set(save.mistakes.map(({ pointer }) => nodeOf(pointer)).filter((node) => node !== null));
  return (
    <>
      <PageHead title={stored ? (stored.value.name ?? stored.value.id) : t('flow.create')} />
      <Panel title={t('flow.graph')} className={classes.drawn}>
        {flow && <FlowGraph graph={graphOf(flow)} wrong={wrong} />}
      </Panel>
      <div className={classes.columns}>
        <Panel>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.submit();
            }}
          >
            <Stack gap="sm">
              {!stored && (
                <TextInput
                  label={t('flow.id')}
                  required
                  dir="ltr"
                  value={id}
                  onChange={(event) => setId(event.currentTarget.value)}
                  data-testid="flow-id"
                />
              )}
              <Textarea
                label={t('flow.document')}
                error={flow === null && t('flow.noJson')}
                autosize
                minRows={16}
                maxRows={34}
                dir="ltr"
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value);
                  save.edited();
                }}
                data-testid="flow-document"
              />
              <SaveTrouble save={save} mine={mine} labels={{}} onTake={(theirs) => setText(written(theirs))} />
              {may('writeChannels') && (
                <Group justify="flex-end">
                  <SavedMark shown={save.saved} />
                  <Button
                    type="submit"
                    loading={save.saving}
                    disabled={!mine.id || flow === null || save.theirs !== null}
                    data-testid="flow-save"
                  >
                    {t('action.save')}
                  </Button>
                </Group>
              )}
            </Stack>
          </form>
        </Panel>
        {stored && <FlowTrial id={stored.value.id} />}
      </div>
    </>
  );
}
