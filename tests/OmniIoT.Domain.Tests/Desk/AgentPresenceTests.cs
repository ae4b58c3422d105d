using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Domain.Tests.Desk;

public sealed class AgentPresenceTests
{
    private static readonly Instant Start = new(1_772_445_600_000);

    [Theory]
    [InlineData(PresenceState.Available, 10, 10)]
    [InlineData(PresenceState.Busy, 16, 16)]
    [InlineData(PresenceState.Away, 16, 0)]
    [InlineData(PresenceState.Available, 8 * 60, 20)]
    [InlineData(PresenceState.Available, -5, 0)]
    public void What_was_worked_is_counted_and_an_outage_is_not(PresenceState state, int minutes, int counted) =>
        Assert.Equal(TimeSpan.FromMinutes(counted), new AgentPresence("bo", state, Start).Uncounted(Start + TimeSpan.FromMinutes(minutes)));
}
