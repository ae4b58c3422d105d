import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCircleCheck,
  IconDiscount,
  IconDoorEnter,
  IconDoorExit,
  IconEye,
  IconHeartRateMonitor,
  IconHourglass,
  IconInbox,
  IconLink,
  IconLinkOff,
  IconMessage,
  IconMessageForward,
  IconNote,
  IconPhone,
  IconPhoneCheck,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPhonePlus,
  IconPhoneX,
  IconReceiptRefund,
  IconRotate,
  IconShieldCheck,
  IconShoppingBag,
  IconStar,
  IconTerminal2,
  IconTool,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';

export const groups = ['alarms', 'cases', 'messages', 'visits', 'purchases', 'notes'] as const;
export type Group = (typeof groups)[number];

export interface KindLook {
  icon: Icon;
  tone: string;
  group: Group;
}

/** How each kind of entry looks and which filter it belongs to; the kinds are the contract's. */
const looks: Record<string, KindLook> = {
  'alarm.raised': { icon: IconAlertTriangle, tone: 'major', group: 'alarms' },
  'alarm.cleared': { icon: IconCircleCheck, tone: 'ok', group: 'alarms' },
  'command.sent': { icon: IconTerminal2, tone: 'accent', group: 'alarms' },
  'command.completed': { icon: IconTerminal2, tone: 'ok', group: 'alarms' },
  'device.linked': { icon: IconLink, tone: 'dim', group: 'alarms' },
  'device.unlinked': { icon: IconLinkOff, tone: 'dim', group: 'alarms' },
  'case.opened': { icon: IconInbox, tone: 'critical', group: 'cases' },
  'case.updated': { icon: IconInbox, tone: 'dim', group: 'cases' },
  'case.verifying': { icon: IconHeartRateMonitor, tone: 'violet', group: 'cases' },
  'case.resolved': { icon: IconCircleCheck, tone: 'ok', group: 'cases' },
  'case.reopened': { icon: IconRotate, tone: 'critical', group: 'cases' },
  'sla.warning': { icon: IconHourglass, tone: 'major', group: 'cases' },
  'sla.breached': { icon: IconHourglass, tone: 'critical', group: 'cases' },
  'workorder.created': { icon: IconTool, tone: 'accent', group: 'cases' },
  'workorder.updated': { icon: IconTool, tone: 'dim', group: 'cases' },
  'message.received': { icon: IconMessage, tone: 'warning', group: 'messages' },
  'message.failed': { icon: IconAlertTriangle, tone: 'warning', group: 'messages' },
  'conversation.opened': { icon: IconMessage, tone: 'dim', group: 'messages' },
  'conversation.closed': { icon: IconCircleCheck, tone: 'dim', group: 'messages' },
  'conversation.transferred': { icon: IconUsersGroup, tone: 'dim', group: 'messages' },
  'message.sent': { icon: IconMessageForward, tone: 'accent', group: 'messages' },
  'call.started': { icon: IconPhone, tone: 'warning', group: 'messages' },
  'call.ended': { icon: IconPhoneOff, tone: 'dim', group: 'messages' },
  'callback.requested': { icon: IconPhonePlus, tone: 'warning', group: 'messages' },
  'callback.calling': { icon: IconPhoneOutgoing, tone: 'accent', group: 'messages' },
  'callback.done': { icon: IconPhoneCheck, tone: 'ok', group: 'messages' },
  'callback.failed': { icon: IconPhoneX, tone: 'critical', group: 'messages' },
  'survey.sent': { icon: IconStar, tone: 'dim', group: 'messages' },
  'survey.answered': { icon: IconStar, tone: 'minor', group: 'messages' },
  'visit.entered': { icon: IconDoorEnter, tone: 'violet', group: 'visits' },
  'visit.dwelled': { icon: IconBuildingStore, tone: 'violet', group: 'visits' },
  'visit.exited': { icon: IconDoorExit, tone: 'dim', group: 'visits' },
  'offer.sent': { icon: IconDiscount, tone: 'accent', group: 'visits' },
  'offer.delivered': { icon: IconDiscount, tone: 'accent', group: 'visits' },
  'offer.opened': { icon: IconDiscount, tone: 'warning', group: 'visits' },
  'offer.redeemed': { icon: IconDiscount, tone: 'ok', group: 'visits' },
  'offer.expired': { icon: IconHourglass, tone: 'dim', group: 'visits' },
  'purchase.made': { icon: IconShoppingBag, tone: 'ok', group: 'purchases' },
  'purchase.returned': { icon: IconReceiptRefund, tone: 'minor', group: 'purchases' },
  'page.viewed': { icon: IconEye, tone: 'dim', group: 'purchases' },
  'note.added': { icon: IconNote, tone: 'minor', group: 'notes' },
  'consent.changed': { icon: IconShieldCheck, tone: 'dim', group: 'notes' },
  'identity.merged': { icon: IconUsersGroup, tone: 'dim', group: 'notes' },
  'identity.unmerged': { icon: IconUsersGroup, tone: 'dim', group: 'notes' },
};

const unknownKind: KindLook = { icon: IconNote, tone: 'dim', group: 'notes' };

/** The kinds of a group, as the API's filter takes them. */
export const kindsOf = (group: string | undefined) =>
  groups.includes(group as Group) ? Object.keys(looks).filter((kind) => looks[kind]!.group === group) : undefined;

export const lookOf = (kind: string): KindLook => looks[kind] ?? unknownKind;
