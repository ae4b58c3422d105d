using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.Pwm;

public sealed class PwmOutputTests
{
    private const int Channel = 1;

    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    [Theory]
    [InlineData("pwm", 25_000, 0.4)]
    [InlineData("buzzer", 4_000, 0.5)]
    public void A_channel_runs_while_its_output_is_on_and_is_idle_at_the_end(string type, int hertz, double duty)
    {
        using (IOutput output = Open(type, Board.Simulated, hertz, duty))
        {
            Switch(output, false);
            Assert.False(_board.SimulatedPwm[Channel].IsRunning);
            Switch(output, true);
            Assert.True(_board.SimulatedPwm[Channel].IsRunning);
        }

        Assert.False(_board.SimulatedPwm[Channel].IsRunning);
        Assert.Equal((hertz, duty), (_board.SimulatedPwm[Channel].Frequency, _board.SimulatedPwm[Channel].DutyCycle));
    }

    [Theory]
    [InlineData("pwmchip77")]
    [InlineData("fan")]
    public void A_chip_that_is_not_there_fails_with_a_reason(string chip)
    {
        using IOutput output = Open("pwm", chip, 25_000, 0.5);

        Assert.False(output.TrySwitch(true, out string? failure));
        Assert.StartsWith($"line 1 of {chip}: ", failure, StringComparison.Ordinal);
    }

    private static void Switch(IOutput output, bool on) => Assert.True(output.TrySwitch(on, out string? failure), failure);

    private IOutput Open(string type, string chip, int hertz, double duty) =>
        _board.Open(
            new OutputSpec
            {
                Id = "o",
                Type = type,
                Line = new LineSpec { Chip = chip, Number = Channel },
                FrequencyHertz = hertz,
                Duty = duty,
            }
        );
}
