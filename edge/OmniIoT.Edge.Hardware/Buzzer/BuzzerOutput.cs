using System.Device.Pwm;
using OmniIoT.Edge.Hardware.Pwm;
using Device = Iot.Device.Buzzer.Buzzer;

namespace OmniIoT.Edge.Hardware.Buzzer;

/// <summary>
/// A passive buzzer, which sounds while it is on. Source: Murata, piezoelectric sounder PKM22EPPH4001-B0: a square wave, loudest at
/// 4 kHz.
/// </summary>
internal sealed class BuzzerOutput(OutputSpec spec, Func<PwmChannel> openChannel) : PwmOutput(spec, openChannel)
{
    public const int LoudestHertz = 4_000;

    // The binding holds nothing but the channel, which is closed with this output.
    protected override void Start(PwmChannel channel) => new Device(channel).StartPlaying(Spec.FrequencyHertz);
}
