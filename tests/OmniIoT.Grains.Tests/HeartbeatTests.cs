using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

/// <summary>Who sleeps is woken when it is due, whatever the clock said when it fell asleep.</summary>
public sealed class HeartbeatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_that_was_heard_while_the_clock_was_years_ahead_is_missed_when_it_falls_silent(bool restarts)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");
        await harness.RegisterAsync("w2");
        await harness.SendAsync(EntityId.Device("w2"), ("telemetry", """{"temperature":20}"""));
        DateTimeOffset right = harness.Time.GetUtcNow();
        harness.Time.AdjustTime(right + TimeSpan.FromDays(1200));
        // Which is due then, so that a beat has seen that time.
        await MissedAsync(harness, "w2");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":20}"""));

        harness.Time.AdjustTime(right);
        if (restarts)
            await harness.RestartAsync();
        Alarm silent = await MissedAsync(harness, "w1");

        Assert.Equal(("w1", "silent"), (silent.DeviceId, silent.Type));
        Assert.True(silent.RaisedAt.ToDateTimeOffset() - right < TimeSpan.FromDays(1));
    }

    /// <summary>Lets time pass until the device is told to be silent.</summary>
    private static Task<Alarm> MissedAsync(GrainsHarness harness, string device) =>
        Awaited.Seen(
            async () =>
            {
                harness.Time.Advance(TimeSpan.FromMinutes(1));
                AlarmFilter silent = new(device, AlarmState.Active);
                Page<Alarm> found = await harness
                    .Get<IAlarmQueries>()
                    .ListAsync(silent, new PageRequest(null, 1), TestContext.Current.CancellationToken);
                return found.Items is [var alarm] ? alarm : null;
            },
            $"alarm of the silent {device}"
        );
}
