using Microsoft.Extensions.Time.Testing;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.Gpio;

/// <summary>The binding of the motion detector on a simulated line.</summary>
public sealed class Hcsr501Tests
{
    private const int Line = 27;

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Fact]
    public void Motion_is_told_at_its_edges_and_by_every_reading()
    {
        Board board = new("/nowhere", _time);
        using IEventSensor detector = Open(board);
        List<(DateTimeOffset, Measurement)> changes = new List<(DateTimeOffset, Measurement)>();
        detector.Changed += (at, measurement) => changes.Add((at, measurement));
        Assert.Equal(0, Readings.Of(detector)["motion"]);

        DateTimeOffset began = _time.GetUtcNow();
        board.SimulatedGpio[Line].Drive(true);
        Assert.Equal(1, Readings.Of(detector)["motion"]);
        _time.Advance(TimeSpan.FromSeconds(5));
        board.SimulatedGpio[Line].Drive(false);

        Assert.Equal([(began, Measurement.State("motion", true)), (began.AddSeconds(5), Measurement.State("motion", false))], changes);
    }

    [Fact]
    public void It_can_be_opened_again_after_a_stop()
    {
        Board board = new("/nowhere", _time);
        using (IEventSensor first = Open(board))
            Readings.Of(first);

        using IEventSensor second = Open(board);

        Assert.Equal(0, Readings.Of(second)["motion"]);
    }

    private static IEventSensor Open(Board board) =>
        (IEventSensor)
            board.Open(
                new SensorSpec
                {
                    Id = "m",
                    Type = "hcsr501",
                    Line = new LineSpec { Chip = Board.Simulated, Number = Line },
                }
            );
}
