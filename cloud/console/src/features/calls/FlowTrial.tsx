import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '@/api/client';
import type { SimulationStep } from '@/api/voice';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import type { Flow } from './flow';
import classes from './calls.module.css';

/** How a call would go through the flow as it is drawn, stored or not; `onGone` is told the nodes that it went through. */
export function FlowTrial({ flow, onGone }: { flow: Flow; onGone: (nodes: string[]) => void }) {
  const { t, language } = useI18n();
  const [from, setFrom] = useState('');
  const [inputs, setInputs] = useState('1');
  const trial = useMutation({
    mutationFn: () =>
      send<{ steps: SimulationStep[] }>('/flows/new/simulate', {
        method: 'POST',
        body: {
          flow,
          from: from.trim() || null,
          locale: language,
          inputs: inputs.trim() === '' ? [] : inputs.split(',').map((one) => one.trim()),
        },
      }),
    onSuccess: ({ value }) => onGone(value.steps.flatMap(({ path }) => path)),
    onError: () => onGone([]),
  });
  return (
    <Panel title={t('flow.try')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          trial.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput label={t('flow.number')} dir="ltr" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput
            label={t('flow.inputs')}
            description={t('flow.inputsHint')}
            value={inputs}
            onChange={(event) => setInputs(event.currentTarget.value)}
            data-testid="flow-inputs"
          />
          <Button type="submit" variant="default" loading={trial.isPending} data-testid="flow-run">
            {t('flow.run')}
          </Button>
          {trial.error && <Problem error={trial.error} />}
        </Stack>
      </form>
      {trial.data && <Steps steps={trial.data.value.steps} />}
    </Panel>
  );
}

function Steps({ steps }: { steps: SimulationStep[] }) {
  const { t } = useI18n();
  return (
    <ol className={classes.steps}>
      {steps.map((step, i) => (
        <li key={i} data-testid="flow-step">
          <strong>
            <bdi>{step.input ?? t('flow.called')}</bdi>
          </strong>{' '}
          <span className="mono ltr">{step.path.join(' → ')}</span>
          {step.acts
            .filter(({ text }) => text !== '')
            .map(({ text }, at) => (
              <div key={at}>
                <bdi>{text}</bdi>
              </div>
            ))}
          <details>
            <summary>TwiML</summary>
            <pre>{step.twiml}</pre>
          </details>
        </li>
      ))}
    </ol>
  );
}
