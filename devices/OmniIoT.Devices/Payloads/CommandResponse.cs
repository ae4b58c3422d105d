namespace OmniIoT.Devices.Payloads;

/// <summary>A device's answer to a command. The spans point into the payload; what is absent is empty.</summary>
public ref struct CommandResponse
{
    public bool Succeeded { get; internal set; }

    /// <summary>JSON text of any kind.</summary>
    public ReadOnlySpan<byte> Result { get; internal set; }

    /// <summary>Plain text, unescaped.</summary>
    public ReadOnlySpan<byte> Error { get; internal set; }
}
