using System.Device.Pwm;

namespace OmniIoT.Edge.Hardware.Pwm;

/// <summary>
/// A load behind a pulse-width modulated channel, at a part of its power while it is on. Source of the standard frequency: Intel,
/// 4-Wire Pulse Width Modulation (PWM) Controlled Fans specification, revision 1.3, "PWM control input": 25 kHz, 21 to 28 kHz.
/// </summary>
internal class PwmOutput(OutputSpec spec, Func<PwmChannel> openChannel) : SwitchedOutput<PwmChannel>(spec)
{
    public const int StandardHertz = 25_000;

    protected override PwmChannel Open() => openChannel();

    // Told, not supposed: a process that was killed left the channel as it was.
    protected override void Idle(PwmChannel device) => Switch(device, Spec.IsOnWhenIdle);

    protected override void Switch(PwmChannel device, bool on)
    {
        if (on)
            Start(device);
        else
            device.Stop();
    }

    protected virtual void Start(PwmChannel channel)
    {
        channel.DutyCycle = Spec.Duty;
        channel.Start();
    }
}
