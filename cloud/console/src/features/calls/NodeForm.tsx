import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode, type Ref } from 'react';
import { useI18n } from '@/i18n';
import type { Language } from '@/i18n/languages';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { withExit, withKind } from './edit';
import { ExitField } from './ExitField';
import { exitsOf, kindOf, kinds, type FlowNode, type Kind } from './flow';
import { BranchFields } from './BranchFields';
import { GatherFields } from './GatherFields';
import { CallBackFields, QueueFields, SayFields, SendLinkFields, VoicemailFields, type MistakeAt, type NodeFieldsProps } from './nodeFields';

interface NodeFormProps {
  id: string;
  node: FlowNode;
  isStart: boolean;
  /** All nodes' names. */
  ids: string[];
  onChange: (node: FlowNode, of: string) => void;
  onRename: (name: string) => void;
  onStart: () => void;
  onRemove: () => void;
  mistake: MistakeAt;
  ref: Ref<HTMLHeadingElement>;
}

const fieldsOf: Partial<Record<Kind, (props: NodeFieldsProps) => ReactNode>> = {
  say: SayFields,
  gather: GatherFields,
  branch: BranchFields,
  queue: QueueFields,
  callback: CallBackFields,
  sendLink: SendLinkFields,
  voicemail: VoicemailFields,
};

const spoken: readonly (Kind | null)[] = ['say', 'gather', 'sendLink'];

/** What a node does and where it leads. */
export function NodeForm(props: NodeFormProps) {
  const { id, node, isStart, ids, onChange, onRename, onStart, onRemove, mistake, ref } = props;
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const kind = kindOf(node);
  const Fields = kind && fieldsOf[kind];
  const next = exitsOf(node).find(({ place }) => place === 'next');
  return (
    <Stack gap="sm" data-testid="flow-node-form">
      <h2 ref={ref} tabIndex={-1} style={{ margin: 0, fontSize: 14 }}>
        {t('flow.node')} <bdi className="mono ltr">{id}</bdi>
      </h2>
      <Group grow align="flex-start">
        <NameField id={id} taken={ids} onRename={onRename} />
        <Select
          label={t('flow.kind')}
          allowDeselect={false}
          value={kind}
          onChange={(chosen) => chosen && onChange(withKind(node, chosen as Kind), 'kind')}
          data={kinds.map((value) => ({ value, label: t(`flowKind.${value}`) }))}
          error={mistake('', true)}
          data-testid="flow-kind"
        />
      </Group>
      {spoken.includes(kind) && <LanguageChoice value={language} onChange={setLanguage} />}
      {Fields && <Fields node={node} ids={ids} onChange={onChange} language={language} mistake={mistake} />}
      {next && (
        <ExitField
          exit={next}
          label={t('flow.next')}
          ids={ids}
          onChange={(to) => onChange(withExit(node, 'next', to), 'next')}
          error={mistake('/next')}
        />
      )}
      <Group justify="space-between" gap="xs">
        <Button variant="default" color="red" leftSection={<IconTrash size={14} aria-hidden />} onClick={onRemove} data-testid="flow-node-remove">
          {t('flow.removeNode')}
        </Button>
        {!isStart && (
          <Button variant="default" onClick={onStart} data-testid="flow-node-start">
            {t('flow.beginHere')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const allowed = /^[A-Za-z0-9._:-]{1,128}$/;

/** The name is taken when one leaves the field: half a name leads nowhere. */
function NameField({ id, taken, onRename }: { id: string; taken: string[]; onRename: (name: string) => void }) {
  const { t } = useI18n();
  const [known, setKnown] = useState(id);
  const [name, setName] = useState(id);
  // Another step, or this one renamed: the field stays, so that whoever is in it does.
  if (known !== id) {
    setKnown(id);
    setName(id);
  }
  const isTaken = name !== id && taken.includes(name);
  const isWrong = !allowed.test(name);
  const take = () => (isTaken || isWrong ? setName(id) : onRename(name));
  return (
    <TextInput
      label={t('flow.nodeName')}
      dir="ltr"
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        take();
      }}
      error={isTaken ? t('flow.nameTaken') : isWrong ? t('flow.nameWrong') : undefined}
      data-testid="flow-node-name"
    />
  );
}
