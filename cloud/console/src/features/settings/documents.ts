import type { QueueOverflow } from '@/api/types';
import type { ChannelSettings } from './channelFields';

/** As the API passes them on; what is missing is not said. */
export interface ChannelDocument {
  id: string;
  type: string;
  name: string;
  queue?: string | null;
  bot?: string | null;
  flow?: string | null;
  enabled?: boolean;
  settings?: ChannelSettings;
}

export interface QueueDocument {
  id: string;
  name?: string;
  skills?: string[];
  calendar?: string | null;
  sla?: string | null;
  overflow?: QueueOverflow | null;
}

export interface Hours {
  days?: string[];
  from: string;
  to: string;
}

export interface CalendarDocument {
  id: string;
  name?: string;
  timeZone: string;
  hours: Hours[];
  holidays?: string[];
}

export interface SlaTimes {
  firstResponse?: string;
  nextResponse?: string;
  resolution?: string;
}

export interface SlaDocument extends SlaTimes {
  id: string;
  name?: string;
  calendar?: string | null;
  pauseOn?: string[];
  byPriority?: Record<string, SlaTimes>;
}
