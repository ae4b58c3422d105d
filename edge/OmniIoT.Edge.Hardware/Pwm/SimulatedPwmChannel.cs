using System.Device.Pwm;

namespace OmniIoT.Edge.Hardware.Pwm;

/// <summary>A channel that drives nothing, and what was asked of it.</summary>
internal sealed class SimulatedPwmChannel : PwmChannel
{
    public override int Frequency { get; set; }

    public override double DutyCycle { get; set; }

    public bool IsRunning { get; private set; }

    public override void Start() => IsRunning = true;

    public override void Stop() => IsRunning = false;
}
