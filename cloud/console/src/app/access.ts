import { may, type Right } from '@/api/rights';
import { newAddress } from '@/lib/newAddress';

/** Pages, with all below them, of which a person who may not do something sees nothing. */
const pages: [address: string, right: Right][] = [
  ['/enrollments', 'enroll'],
  ['/audit', 'readAudit'],
  ['/start', 'administer'],
  [`/campaigns/${newAddress}`, 'writeCampaigns'],
  [`/models/${newAddress}`, 'writeModels'],
];

/** Whether the page at an address is for who is signed in. */
export const isForMe = (pathname: string) =>
  pages.every(([address, right]) => (pathname !== address && !pathname.startsWith(`${address}/`)) || may(right));
