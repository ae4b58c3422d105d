using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Tests.Load;

public sealed class LoadScheduleTests
{
    private const long TicksPerSecond = 1_000_000;

    [Fact]
    public void Without_a_rate_everything_is_due() => Assert.Equal(int.MaxValue, Schedule(rate: 0, paced: false).Due(0));

    [Fact]
    public void Paced_messages_fall_due_one_by_one()
    {
        LoadSchedule schedule = Schedule(rate: 100, paced: true);

        Assert.Equal(0, schedule.Due(9_000));
        Assert.Equal(1, schedule.Due(10_000));
        Assert.Equal(10_000, schedule.Take());
        Assert.Equal(4, schedule.Due(50_000));
    }

    [Fact]
    public void Unpaced_messages_of_a_tenth_of_a_second_fall_due_together()
    {
        LoadSchedule schedule = Schedule(rate: 100, paced: false);

        Assert.Equal(10, schedule.Due(1));
        Assert.Equal(10, schedule.Due(99_999));
        Assert.Equal(20, schedule.Due(100_001));
    }

    [Fact]
    public void The_rate_is_shared_by_the_connections()
    {
        LoadSchedule schedule = Schedule(rate: 100, paced: true, connections: 10);

        Assert.Equal(10, schedule.Due(TicksPerSecond));
    }

    private static LoadSchedule Schedule(double rate, bool paced, int connections = 1) =>
        new(
            new LoadOptions
            {
                Host = new("127.0.0.1", 1883, new("http://127.0.0.1"), null),
                Rate = rate,
                Paced = paced,
                Connections = connections,
            },
            0,
            TicksPerSecond
        );
}
