import { Group, Stack, TextInput } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Versioned } from '@/api/client';
import { may } from '@/api/rights';
import type { WrittenFlow } from '@/api/voice';
import { useI18n } from '@/i18n';
import { useUndo } from '@/lib/undo';
import { LeaveGuard } from '@/ui/LeaveGuard';
import { PageHead, Panel } from '@/ui/Panel';
import { SaveTrouble } from '@/ui/SaveState';
import { renamed, withExit, withNewNode, withNode, withoutNode } from './edit';
import type { Flow, FlowNode, Kind } from './flow';
import { nodeOf, nodesOf } from './flow';
import { FlowBar } from './FlowBar';
import { FlowCanvas } from './FlowCanvas';
import { FlowRemoval } from './FlowRemoval';
import { FlowText } from './FlowText';
import { FlowTrial } from './FlowTrial';
import { FlowVersions } from './FlowVersions';
import { graphOf, type GraphNode } from './graph';
import { NodeForm } from './NodeForm';
import { useFlowMistakes } from './useFlowMistakes';
import { flowOf, useFlowSave } from './useFlowSave';
import classes from './calls.module.css';

/** What a new menu begins as. */
const example: Flow = {
  start: 'hello',
  nodes: {
    hello: { say: { en: 'Welcome. Press 1 to speak with a person.' }, next: 'ask' },
    ask: { gather: { digits: 1, choices: { 1: { next: 'person' } }, exhausted: 'person' } },
    person: { queue: 'support' },
  },
};

/** A flow that is drawn: nodes are added, connected, changed by forms and removed; each change can be taken back. */
export function FlowEditor({ stored }: { stored?: Versioned<WrittenFlow> }) {
  const { t } = useI18n();
  const writes = may('writeChannels');
  const { now: flow, change, back, forth } = useUndo<Flow>(stored ? flowOf(stored.value) : example);
  const [selected, setSelected] = useState<string | null>(null);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  const [id, setId] = useState(stored?.value.id ?? '');
  const { save, isDirty } = useFlowSave({ stored, id: id.trim(), flow });
  const { mistakes, wrong, at } = useFlowMistakes(flow, writes);
  const nodes = nodesOf(flow);
  const graph = useMemo(() => graphOf(flow), [flow]);
  const name = stored?.value.name || id;
  const node = selected === null ? undefined : nodes[selected];
  const put = (changed: Flow, of: string | null = null) => {
    change(changed, of);
    save.edited();
  };
  const select = (one: string, byKey: boolean) => {
    setSelected(one);
    // Who goes by the keys is led to the form; the pointer stays where it is.
    if (byKey) requestAnimationFrame(() => heading.current?.focus());
  };
  const add = (kind: Kind, byKey: boolean) => {
    const added = withNewNode(flow, kind);
    put(added.flow);
    select(added.id, byKey);
  };
  const remove = (one: string) => {
    put(withoutNode(flow, one));
    if (one === selected) setSelected(null);
  };
  const connect = (from: GraphNode, exit: number, to: string | null) =>
    put(withNode(flow, from.id, withExit(nodes[from.id]!, from.exits[exit]!.place, to)));
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea');
    if (isTyping || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    (event.shiftKey ? forth : back)?.();
  };
  return (
    <div onKeyDown={onKeyDown}>
      <LeaveGuard when={isDirty} title={t('flow.leave')} hint={t('flow.leaveHint')} testId="flow-leave" />
      <PageHead
        title={stored ? name : t('flow.create')}
        actions={writes && stored && <FlowRemoval id={stored.value.id} name={name} />}
      />
      <Panel className={classes.drawn}>
        <Stack gap="sm">
          {writes && (
            <>
              <Group align="flex-start" grow preventGrowOverflow={false}>
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
                <TextInput
                  label={t('setting.name')}
                  dir="auto"
                  value={flow.name ?? ''}
                  onChange={(event) => put({ ...flow, name: event.currentTarget.value || undefined }, 'name')}
                  data-testid="flow-name"
                />
              </Group>
              <FlowBar save={save} ready={id.trim() !== ''} onAdd={add} back={back} forth={forth} />
            </>
          )}
          <SaveTrouble save={save} mine={{ ...flow, id: id.trim() }} labels={{}} onTake={(theirs) => put(flowOf(theirs))} />
          <FlowCanvas
            label={t('flow.graph')}
            graph={graph}
            start={flow.start}
            wrong={wrong}
            gone={gone}
            selected={selected}
            onSelect={select}
            edit={writes ? { onConnect: connect, onRemove: remove } : undefined}
          />
          {writes && <MistakeList mistakes={mistakes} onSelect={(one) => select(one, true)} />}
        </Stack>
      </Panel>
      <div className={classes.columns}>
        <div className={classes.stack}>
          {writes && !node && (
            <Panel>
              <span className={classes.dim}>{t('flow.hint')}</span>
            </Panel>
          )}
          {writes && selected !== null && node && (
            <Panel>
              <NodeForm
                ref={heading}
                id={selected}
                node={node}
                isStart={selected === flow.start}
                ids={Object.keys(nodes)}
                onChange={(changed: FlowNode, of: string) => put(withNode(flow, selected, changed), `${selected} ${of}`)}
                onRename={(name) => {
                  put(renamed(flow, selected, name));
                  setSelected(name);
                }}
                onStart={() => put({ ...flow, start: selected })}
                onRemove={() => remove(selected)}
                mistake={at(selected)}
              />
            </Panel>
          )}
          <FlowText flow={flow} onChange={writes ? (changed) => put(changed, 'text') : undefined} />
        </div>
        <div className={classes.stack}>
          <FlowTrial flow={flow} onGone={(path) => setGone(new Set(path))} />
          {stored && <FlowVersions id={stored.value.id} onTake={writes ? put : undefined} />}
        </div>
      </div>
    </div>
  );
}

interface MistakeListProps {
  mistakes: { pointer: string; text: string }[];
  onSelect: (node: string) => void;
}

/** What is wrong, each leading to its node. */
function MistakeList({ mistakes, onSelect }: MistakeListProps) {
  const { t } = useI18n();
  return (
    <ul className={classes.mistakes} aria-live="polite" aria-label={t('flow.mistakes')}>
      {mistakes.map(({ pointer, text }, i) => {
        const node = nodeOf(pointer);
        return (
          <li key={i} data-testid="flow-mistake">
            {node === null ? (
              <bdi className="mono ltr">{pointer}</bdi>
            ) : (
              <button type="button" onClick={() => onSelect(node)}>
                <bdi className="mono ltr">{node}</bdi>
              </button>
            )}{' '}
            <bdi>{text}</bdi>
          </li>
        );
      })}
    </ul>
  );
}
