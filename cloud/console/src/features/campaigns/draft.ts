import type { ReactNode } from 'react';
import type { Campaign } from '@/api/documents';

export type CampaignDraft = Omit<Campaign, 'id'>;

/** What a group of fields needs: the draft, how to change it, and what the server said of a field. */
export interface FieldsProps {
  draft: CampaignDraft;
  change: (part: Partial<CampaignDraft>) => void;
  mistake: (pointer: string) => ReactNode;
}
