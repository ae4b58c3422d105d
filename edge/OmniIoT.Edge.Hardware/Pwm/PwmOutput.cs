using System.Device.Pwm;
using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware.Pwm;

/// <summary>
/// A load behind a pulse-width modulated channel, at a part of its power while it is on. Source of the standard frequency: Intel,
/// 4-Wire Pulse Width Modulation (PWM) Controlled Fans specification, revision 1.3, "PWM control input": 25 kHz, 21 to 28 kHz.
/// </summary>
internal class PwmOutput(OutputSpec spec, Func<PwmChannel> openChannel) : IOutput
{
    public const int StandardHertz = 25_000;

    private PwmChannel? _channel;

    protected OutputSpec Spec => spec;

    public bool TrySwitch(bool on, [NotNullWhen(false)] out string? failure)
    {
        failure = null;
        try
        {
            _channel ??= openChannel();
            if (on) Start(_channel);
            else _channel.Stop();
            return true;
        }
        // The library tells a missing chip, channel or permission in these.
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            failure = $"{spec.Line}: {failed.Message}";
            Close();
            return false;
        }
    }

    public void Dispose()
    {
        if (_channel is not null) TrySwitch(spec.IsOnWhenIdle, out _);
        Close();
        GC.SuppressFinalize(this);
    }

    protected virtual void Start(PwmChannel channel)
    {
        channel.DutyCycle = spec.Duty;
        channel.Start();
    }

    private void Close()
    {
        _channel?.Dispose();
        _channel = null;
    }
}
