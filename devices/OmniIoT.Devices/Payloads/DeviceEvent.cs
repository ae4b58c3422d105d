using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

/// <summary>Something that happened in a device. The spans point into the payload; an absent text is empty.</summary>
public ref struct DeviceEvent
{
    /// <summary>Null: the message did not say.</summary>
    public Instant? At { get; internal set; }

    public ReadOnlySpan<byte> Type { get; internal set; }

    public ReadOnlySpan<byte> Code { get; internal set; }

    public ReadOnlySpan<byte> Message { get; internal set; }
}
