/** A voice menu as it was written; its nodes are the server's to judge. */
export interface WrittenFlow {
  id: string;
  name?: string;
  start?: string;
  nodes?: Record<string, unknown>;
}

export interface SimulationStep {
  /** What the caller did; null: they called. */
  input: string | null;
  path: string[];
  node: string;
  acts: { kind: string; text: string; queue: string | null; channel: string | null }[];
  twiml: string;
}

export const callBackStates = ['waiting', 'calling', 'done', 'failed'] as const;

export interface CallBack {
  id: string;
  customerId: string;
  number: string;
  queue: string;
  requestedAt: string;
  dueAt: string;
  status: (typeof callBackStates)[number];
  conversationId: string;
  error: string | null;
}
