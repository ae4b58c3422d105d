using System.Device.Gpio;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.Gpio;

public sealed class OutputTests
{
    private const int Line = 5;

    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    public static TheoryData<string> Types => [.. OutputTypes.Names.Where(type => OutputTypes.StandardHertzOf(type) is null)];

    [Theory]
    [MemberData(nameof(Types))]
    public void An_output_begins_idle_is_switched_and_ends_idle(string type)
    {
        using (IOutput output = Open(type))
        {
            Switch(output, true);
            Switch(output, false);
            Switch(output, true);
        }

        Assert.Equal([false, true, false, true, false], _board.SimulatedGpio[Line].Driven);
        Assert.Null(_board.SimulatedGpio[Line].Mode);
    }

    [Fact]
    public void Active_low_turns_the_levels_round_and_no_step_lies_before_the_idle_one()
    {
        using (IOutput output = Open("relay", isActiveLow: true))
            Switch(output, true);

        Assert.Equal([true, false, true], _board.SimulatedGpio[Line].Driven);
    }

    [Fact]
    public void An_output_that_is_on_when_idle_is_left_on()
    {
        using (IOutput output = Open("relay", isOnWhenIdle: true))
            Switch(output, false);

        Assert.Equal([true, false, true], _board.SimulatedGpio[Line].Driven);
    }

    [Fact]
    public void An_output_that_was_never_switched_leaves_its_line_alone()
    {
        using (Open("led")) { }

        Assert.Empty(_board.SimulatedGpio[Line].Driven);
    }

    [Fact]
    public void A_line_that_someone_else_holds_fails_with_a_reason_and_is_taken_once_it_is_free()
    {
        using IOutput output = Open("relay");
        using (GpioController other = _board.SimulatedGpio.Open())
        {
            other.OpenPin(Line);
            Assert.False(output.TrySwitch(true, out string? failure));
            Assert.Equal("line 5 of simulated: Device or resource busy", failure);
        }

        Switch(output, true);

        Assert.True(_board.SimulatedGpio[Line].IsHigh);
    }

    private static void Switch(IOutput output, bool on) => Assert.True(output.TrySwitch(on, out string? failure), failure);

    private IOutput Open(string type, bool isActiveLow = false, bool isOnWhenIdle = false) =>
        _board.Open(
            new OutputSpec
            {
                Id = "o",
                Type = type,
                Line = new LineSpec
                {
                    Chip = Board.Simulated,
                    Number = Line,
                    IsActiveLow = isActiveLow,
                },
                IsOnWhenIdle = isOnWhenIdle,
            }
        );
}
