import people from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { DocumentPanel } from '../settings/DocumentPanel';
import { verbOf, type ActionDocument, type MacroDocument, type ReplyDocument, type TriggerDocument } from './documents';
import { MacroForm } from './MacroForm';
import { ReplyForm } from './ReplyForm';
import { TriggerForm } from './TriggerForm';

/** Words for agents, what is done with one key, and what is done by itself. */
export function AutomationPage() {
  const { t, code } = useI18n();
  return (
    <div className="page">
      <PageHead title={t('nav.automation')} lead={t('automation.lead')} />
      <div className={people.stack}>
        <DocumentPanel<ReplyDocument>
          kind="replies"
          title={t('conversation.replies')}
          addLabel={t('automation.replyAdd')}
          empty={{ hint: t('automation.replyEmptyHint') }}
          facts={(item) => (
            <>
              {item.shortcut && <span className="mono ltr">/{item.shortcut} </span>}
              <bdi>{item.text}</bdi>
            </>
          )}
          Form={ReplyForm}
        />
        <DocumentPanel<MacroDocument>
          kind="macros"
          title={t('macro.title')}
          addLabel={t('automation.macroAdd')}
          empty={{ hint: t('automation.macroEmptyHint') }}
          facts={(item) => <ActionNames actions={item.actions} />}
          Form={MacroForm}
        />
        <DocumentPanel<TriggerDocument>
          kind="triggers"
          title={t('automation.triggers')}
          addLabel={t('automation.triggerAdd')}
          empty={{ hint: t('automation.triggerEmptyHint') }}
          facts={(item) => (
            <>
              {item.enabled === false && `${t('automation.disabled')} · `}
              {code('triggerEvent', item.on)} · <ActionNames actions={item.actions} />
            </>
          )}
          Form={TriggerForm}
        />
      </div>
    </div>
  );
}

function ActionNames({ actions }: { actions: ActionDocument[] }) {
  const { t } = useI18n();
  return <>{actions.map((action) => t(`deskAction.${verbOf(action)}`)).join(', ')}</>;
}
