using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Effects;

public sealed record PutDevice(DeviceRegistration Device) : Effect;

/// <summary>
/// Removes a device with its credentials, certificates, claim code, grain, alarms, commands and messages; cases and timeline entries stay.
/// </summary>
public sealed record DeleteDevice(string DeviceId) : Effect;

public sealed record PutCommand(DeviceCommand Command) : Effect;

public sealed record PutDeviceMessage(DeviceMessage Message) : Effect;

public sealed record PutAlarm(Alarm Alarm) : Effect;
