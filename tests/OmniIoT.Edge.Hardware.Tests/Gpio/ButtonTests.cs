using System.Device.Gpio;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.Gpio;

/// <summary>The binding of the button on a simulated line; the clock moves only when the test says so.</summary>
public sealed class ButtonTests : IDisposable
{
    private const int Line = 17;

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly Board _board;
    private readonly IEventSensor _button;
    private readonly List<(TimeSpan At, bool Pressed)> _changes = [];
    private readonly DateTimeOffset _start;

    public ButtonTests()
    {
        _start = _time.GetUtcNow();
        _board = new Board("/nowhere", _time);
        _button = (IEventSensor)
            _board.Open(
                new SensorSpec
                {
                    Id = "b",
                    Type = "button",
                    Line = new LineSpec
                    {
                        Chip = Board.Simulated,
                        Number = Line,
                        IsActiveLow = true,
                        Debounce = TimeSpan.FromMilliseconds(20),
                    },
                }
            );
        _button.Changed += (at, measurement) => _changes.Add((at - _start, measurement.Value != 0));
    }

    public void Dispose() => _button.Dispose();

    [Fact]
    public void An_open_button_is_held_high_and_not_pressed()
    {
        Assert.False(IsPressed());
        Assert.True(_board.SimulatedGpio[Line].IsHigh);
    }

    [Fact]
    public void A_press_that_bounces_is_one_press_at_its_first_edge()
    {
        IsPressed();

        Bounce(false, true, false, true, false);
        Assert.Empty(_changes);
        After(20);
        After(200);
        Bounce(true, false, true);
        After(20);

        // The last edge of the press came at 8 ms, 220 ms before that of the release.
        Assert.Equal([(TimeSpan.Zero, true), (TimeSpan.FromMilliseconds(228), false)], _changes);
    }

    [Fact]
    public void A_spike_is_no_press()
    {
        IsPressed();

        Bounce(false, true);
        After(500);

        Assert.Empty(_changes);
        Assert.False(IsPressed());
    }

    [Fact]
    public void A_reading_tells_the_level_that_stood()
    {
        IsPressed();

        Drive(false);
        Assert.False(IsPressed());
        After(20);

        Assert.True(IsPressed());
    }

    [Fact]
    public void After_a_stop_the_line_is_free_and_nothing_is_told()
    {
        IsPressed();

        _button.Dispose();
        Bounce(false);
        After(500);

        Assert.Empty(_changes);
        Assert.Null(_board.SimulatedGpio[Line].Mode);
    }

    [Fact]
    public void A_line_that_someone_else_holds_fails_with_a_reason_and_is_taken_once_it_is_free()
    {
        using (GpioController other = _board.SimulatedGpio.Open())
        {
            other.OpenPin(Line);
            Assert.False(_button.TryRead(out _, out string? failure));
            Assert.Equal("line 17 of simulated: Device or resource busy", failure);
        }

        Assert.False(IsPressed());
    }

    [Fact]
    public void A_line_that_the_chip_has_not_fails_with_a_reason()
    {
        using ISensor button = _board.Open(
            new SensorSpec
            {
                Id = "b",
                Type = "button",
                Line = new LineSpec { Chip = Board.Simulated, Number = 99 },
            }
        );

        Assert.False(button.TryRead(out _, out string? failure));
        Assert.StartsWith("line 99 of simulated: The chip has no such line", failure, StringComparison.Ordinal);
    }

    private bool IsPressed() => Readings.Of(_button)["pressed"] != 0;

    private void Drive(bool isHigh) => _board.SimulatedGpio[Line].Drive(isHigh);

    /// <summary>Edges of 2 ms each but for the last, which stays.</summary>
    private void Bounce(params bool[] levels)
    {
        foreach (bool level in levels[..^1])
        {
            Drive(level);
            After(2);
        }
        Drive(levels[^1]);
    }

    private void After(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
