import { Select, Textarea, TextInput } from '@mantine/core';
import { textFor, withTextFor, type Texts } from '@/api/localized';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import { useNamed } from '../settings/QueueForm';
import type { FlowNode } from './flow';

/** What is wrong with a place within the node; `exactly` leaves out what is wrong with a part of it. */
export type MistakeAt = (place: string, exactly?: boolean) => string | undefined;

export interface NodeFieldsProps {
  node: FlowNode;
  /** All nodes' names. */
  ids: string[];
  /** `of` names the field. */
  onChange: (node: FlowNode, of: string) => void;
  /** In which words are written. */
  language: Language;
  mistake: MistakeAt;
}

interface WordsProps {
  label: string;
  texts: Texts | undefined;
  onChange: (texts: Texts) => void;
  language: Language;
  error: string | undefined;
  testId: string;
}

/** What is said or written, in one of the languages. */
export function Words({ label, texts, onChange, language, error, testId }: WordsProps) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={2}
      dir={directionOf(language)}
      lang={language}
      value={textFor(texts, language)}
      onChange={(event) => onChange(withTextFor(texts, language, event.currentTarget.value))}
      error={error}
      data-testid={testId}
    />
  );
}

export function SayFields({ node, onChange, language, mistake }: NodeFieldsProps) {
  const { t } = useI18n();
  return (
    <Words
      label={t('flow.says')}
      texts={node.say}
      onChange={(say) => onChange({ ...node, say }, `say ${language}`)}
      language={language}
      error={mistake('/say')}
      testId="flow-say"
    />
  );
}

/** What a caller hears who waits: the provider's music, none, or one's own. */
export function QueueFields({ node, onChange, mistake }: NodeFieldsProps) {
  const { t } = useI18n();
  const { music, ...rest } = node;
  const heard = music === undefined ? 'usual' : music === null ? 'silence' : 'own';
  const hear = (next: string | null) =>
    onChange(next === 'usual' ? rest : { ...rest, music: next === 'silence' ? null : 'https://' }, 'heard');
  return (
    <>
      <QueueSelect
        value={node.queue}
        onChange={(queue) => onChange({ ...node, queue: queue ?? '' }, 'queue')}
        error={mistake('/queue')}
      />
      <Select
        label={t('flow.music')}
        allowDeselect={false}
        value={heard}
        onChange={hear}
        data={(['usual', 'silence', 'own'] as const).map((value) => ({ value, label: t(`flowMusic.${value}`) }))}
        error={heard === 'own' ? undefined : mistake('/music')}
        data-testid="flow-music"
      />
      {heard === 'own' && (
        <TextInput
          label={t('flow.musicAddress')}
          dir="ltr"
          value={music ?? ''}
          onChange={(event) => onChange({ ...node, music: event.currentTarget.value }, 'music')}
          error={mistake('/music')}
        />
      )}
    </>
  );
}

export function CallBackFields({ node, onChange, mistake }: NodeFieldsProps) {
  const change = (queue: string | null) => onChange({ ...node, callback: queue ? { queue } : {} }, 'queue');
  return <QueueSelect mayLack value={node.callback?.queue} onChange={change} error={mistake('/callback')} />;
}

export function VoicemailFields({ node, onChange, mistake }: NodeFieldsProps) {
  const change = (queue: string | null) => onChange({ ...node, voicemail: queue ? { queue } : {} }, 'queue');
  return <QueueSelect mayLack value={node.voicemail?.queue} onChange={change} error={mistake('/voicemail')} />;
}

export function SendLinkFields({ node, onChange, language, mistake }: NodeFieldsProps) {
  const { t } = useI18n();
  const channels = useNamed('channels');
  const link = node.sendLink ?? {};
  const change = (part: typeof link, of: string) => onChange({ ...node, sendLink: { ...link, ...part } }, of);
  return (
    <>
      <Select
        label={t('flow.linkChannel')}
        searchable
        value={link.channel || null}
        onChange={(channel) => change({ channel: channel ?? '' }, 'channel')}
        data={withOwn(channels, link.channel)}
        error={mistake('/sendLink/channel')}
        data-testid="flow-link-channel"
      />
      <Words
        label={t('flow.linkText')}
        texts={link.text}
        onChange={(text) => change({ text: textsOrNone(text) }, `text ${language}`)}
        language={language}
        error={mistake('/sendLink/text')}
        testId="flow-link-text"
      />
    </>
  );
}

/** Where nothing is written in any language, nothing is said of it. */
export const textsOrNone = (texts: Texts): Texts | undefined =>
  (typeof texts === 'string' ? texts === '' : Object.keys(texts).length === 0) ? undefined : texts;

/** With what is written already, whether it is known or not. */
const withOwn = (known: { value: string; label: string }[], own: string | undefined) =>
  !own || known.some(({ value }) => value === own) ? known : [...known, { value: own, label: own }];

interface QueueSelectProps {
  value: string | undefined;
  /** Whether the conversation's own queue is meant where none is chosen. */
  mayLack?: boolean;
  onChange: (queue: string | null) => void;
  error: string | undefined;
}

function QueueSelect({ value, mayLack = false, onChange, error }: QueueSelectProps) {
  const { t } = useI18n();
  const queues = useNamed('queues');
  return (
    <Select
      label={t('flow.queue')}
      placeholder={mayLack ? t('flow.queueOwn') : undefined}
      searchable
      clearable={mayLack}
      value={value || null}
      onChange={onChange}
      data={withOwn(queues, value)}
      error={error}
      data-testid="flow-queue"
    />
  );
}
