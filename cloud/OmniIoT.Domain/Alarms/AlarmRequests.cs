namespace OmniIoT.Domain.Alarms;

public sealed record AcknowledgeAlarm(string AlarmId, string Actor);

/// <summary>Clears an alarm by hand.</summary>
public sealed record ClearAlarm(string AlarmId, string Actor);
