import { may, type Right } from '@/api/rights';
import { newAddress } from '@/lib/newAddress';

/** Pages, with all below them, of which a person who may not do something sees nothing. */
const pages: [address: string, right: Right][] = [
  ['/inbox', 'readConversations'],
  ['/cases', 'readCases'],
  ['/conversations', 'readConversations'],
  ['/customers', 'readCustomers'],
  ['/devices', 'readDevices'],
  ['/board', 'readReports'],
  ['/voice', 'readReports'],
  ['/surveys', 'readSurveys'],
  ['/places', 'readPlaces'],
  ['/campaigns', 'readCampaigns'],
  ['/articles', 'readArticles'],
  ['/flows', 'readFlows'],
  ['/callbacks', 'readConversations'],
  ['/models', 'readModels'],
  ['/enrollments', 'enroll'],
  ['/cluster', 'readCluster'],
  ['/channels', 'writeChannels'],
  ['/systems', 'writeWebhooks'],
  ['/queues', 'writeQueues'],
  ['/automation', 'writeAutomation'],
  ['/bots', 'writeBots'],
  ['/people', 'readPeople'],
  ['/keys', 'readKeys'],
  ['/audit', 'readAudit'],
  ['/imports', 'bringIn'],
  ['/start', 'administer'],
  [`/campaigns/${newAddress}`, 'writeCampaigns'],
  [`/articles/${newAddress}`, 'writeArticles'],
  [`/flows/${newAddress}`, 'writeChannels'],
  [`/models/${newAddress}`, 'writeModels'],
];

/** Whether the page at an address is for who is signed in. */
export const isForMe = (pathname: string) =>
  pages.every(([address, right]) => (pathname !== address && !pathname.startsWith(`${address}/`)) || may(right));

/** Where somebody begins: the first of the pages that are for them. */
export const firstForMe = () => pages.find(([, right]) => may(right))?.[0] ?? '/system';
