using System.Device.Pwm;
using System.Globalization;

namespace OmniIoT.Edge.Hardware.Pwm;

/// <summary>The kernel's PWM chips, through <c>/sys/class/pwm</c>.</summary>
internal static class PwmChannels
{
    private const string NamePrefix = "pwmchip";

    /// <exception cref="IOException">There is no such chip or channel, or it may not be used.</exception>
    public static PwmChannel Open(OutputSpec spec)
    {
        if (
            !spec.Line.Chip.StartsWith(NamePrefix, StringComparison.Ordinal)
            || !int.TryParse(spec.Line.Chip.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int chip)
        )
            throw new IOException($"a PWM chip is called {NamePrefix}0 or the like");
        return PwmChannel.Create(chip, spec.Line.Number, spec.FrequencyHertz, spec.Duty);
    }
}
