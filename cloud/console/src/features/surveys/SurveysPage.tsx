import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { path, send } from '@/api/client';
import { may } from '@/api/rights';
import people from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { explain } from '@/ui/states';
import { DocumentPanel } from '../settings/DocumentPanel';
import { wordsOf, type SurveyDocument, type ThemeDocument } from './documents';
import { SurveyForm } from './SurveyForm';
import { ThemeForm } from './ThemeForm';

/** What customers are asked, and by which themes their answers are told apart. */
export function SurveysPage() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead
        title={t('nav.surveys')}
        lead={t('survey.lead')}
        actions={
          may('readReports') && (
            <Button component={Link} to="/voice" variant="default">
              {t('voice.title')}
            </Button>
          )
        }
      />
      <div className={people.stack}>
        <DocumentPanel<SurveyDocument>
          kind="surveys"
          title={t('nav.surveys')}
          addLabel={t('survey.add')}
          empty={{ title: t('survey.empty'), hint: t('survey.emptyHint') }}
          facts={(item) => <SurveyFacts survey={item} />}
          actions={(item) => <SurveySwitch survey={item} />}
          Form={SurveyForm}
          writes={may('writeSurveys')}
        />
        <DocumentPanel<ThemeDocument>
          kind="themes"
          title={t('voice.themes')}
          addLabel={t('theme.add')}
          empty={{ title: t('theme.empty'), hint: t('theme.emptyHint') }}
          facts={(item) => <bdi>{wordsOf(item).join(', ')}</bdi>}
          Form={ThemeForm}
          writes={may('writeThemes')}
        />
      </div>
    </div>
  );
}

function SurveyFacts({ survey }: { survey: SurveyDocument }) {
  const { t } = useI18n();
  const facts = [
    survey.enabled === false && t('survey.off'),
    t(`voice.${survey.type}`),
    t(`surveyOn.${survey.on}`),
    typeof survey.followUpBelow === 'number' && t('survey.followsBelow', { score: survey.followUpBelow }),
  ].filter(Boolean);
  return <span data-testid="survey-facts">{facts.join(' · ')}</span>;
}

/** Turns a survey off and on, provided that it is still as it is read now. */
function SurveySwitch({ survey }: { survey: SurveyDocument }) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const isOn = survey.enabled !== false;
  const turn = useMutation({
    mutationFn: async () => {
      const address = path`/surveys/${survey.id}`;
      const { value, etag } = await send<SurveyDocument>(address);
      return send(address, { method: 'PUT', body: { ...value, enabled: !isOn }, ifMatch: etag });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['surveysList'] }),
  });
  return (
    <>
      {turn.error && <span role="alert">{explain(turn.error, i18n)}</span>}
      <Button variant="default" size="compact-sm" loading={turn.isPending} onClick={() => turn.mutate()} data-testid="survey-switch">
        {t(isOn ? 'survey.turnOff' : 'survey.turnOn')}
      </Button>
    </>
  );
}
