using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware;

/// <summary>
/// Something that can be switched. Made without touching the hardware; not safe for concurrent use. Disposing leaves it idle.
/// </summary>
public interface IOutput : IDisposable
{
    /// <summary>
    /// Switches. False when the hardware is absent or refuses; <paramref name="failure"/> then tells why, and the next
    /// call tries afresh.
    /// </summary>
    bool TrySwitch(bool on, [NotNullWhen(false)] out string? failure);
}
