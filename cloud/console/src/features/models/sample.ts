/** What a new model begins with: one metric and one rule about it. */
export const sampleModel = {
  name: 'Thermometer',
  metrics: { temperature: { unit: 'Cel' } },
  commands: { identify: {} },
  rules: [
    {
      type: 'hot',
      severity: 'major',
      when: 'temperature > 80 for 30s',
      case: { title: '{{device.name}} is too hot', priority: 'high', queue: 'support' },
    },
  ],
};
