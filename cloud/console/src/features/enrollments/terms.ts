import type { Enrollment } from '@/api/types';

/** What an operator says of an enrolment; null does not restrict. */
export type EnrollmentTerms = Pick<
  Enrollment,
  'name' | 'models' | 'siteId' | 'maxDevices' | 'expiresAt' | 'ratePerMinute' | 'idPattern' | 'certificateAuthority'
>;

export const blank: EnrollmentTerms = {
  name: '',
  models: [],
  siteId: null,
  maxDevices: null,
  expiresAt: null,
  ratePerMinute: 60,
  idPattern: null,
  certificateAuthority: null,
};

/** The part of an enrolment that is written back. */
export function termsOf(enrollment: EnrollmentTerms): EnrollmentTerms {
  const { name, models, siteId, maxDevices, expiresAt, ratePerMinute, idPattern, certificateAuthority } = enrollment;
  return { name, models, siteId, maxDevices, expiresAt, ratePerMinute, idPattern, certificateAuthority };
}

export type EnrollmentState = 'open' | 'full' | 'ended';

/** Whether devices can register now. */
export function stateOf(enrollment: Enrollment, nowMs: number): EnrollmentState {
  if (enrollment.expiresAt !== null && Date.parse(enrollment.expiresAt) <= nowMs) return 'ended';
  return enrollment.maxDevices !== null && enrollment.registered >= enrollment.maxDevices ? 'full' : 'open';
}
