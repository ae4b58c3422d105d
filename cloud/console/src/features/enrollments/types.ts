/** What an operator says of an enrolment; null does not restrict. */
export interface EnrollmentTerms {
  name: string;
  models: string[];
  siteId: string | null;
  maxDevices: number | null;
  expiresAt: string | null;
  ratePerMinute: number;
  idPattern: string | null;
  certificateAuthority: string | null;
}

export interface Enrollment extends EnrollmentTerms {
  id: string;
  /** Only in the answer to its creation. */
  key?: string;
  createdAt: string;
  keyChangedAt: string;
  registered: number;
  refused: number;
  lastUsedAt: string | null;
}

export interface Registration {
  id: string;
  at: string;
  deviceId: string;
  model: string;
  address: string | null;
  /** Of the certificate that it was made with; null: with a key or a token. */
  thumbprint: string | null;
  outcome: string;
  accepted: boolean;
}

/** Stands in the address for an enrolment that has no id yet. */
export const newAddress = 'new';

export const blank: EnrollmentTerms = {
  name: '', models: [], siteId: null, maxDevices: null, expiresAt: null, ratePerMinute: 60, idPattern: null, certificateAuthority: null,
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
