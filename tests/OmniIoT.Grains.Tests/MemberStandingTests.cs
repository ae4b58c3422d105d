using System.Net;
using OmniIoT.Grains.Processes;
using OmniIoT.Ports.Cluster;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Tests;

public sealed class MemberStandingTests
{
    private static readonly SiloAddress Other = SiloAddress.New(IPAddress.Loopback, 11112, 8);
    private static readonly DateTime Lost = new(2026, 11, 29, 8, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(SiloStatus.Created, ProcessState.Joining)]
    [InlineData(SiloStatus.Joining, ProcessState.Joining)]
    [InlineData(SiloStatus.Active, ProcessState.Active)]
    [InlineData(SiloStatus.ShuttingDown, ProcessState.Leaving)]
    [InlineData(SiloStatus.Stopping, ProcessState.Leaving)]
    public void Who_is_there_is_not_lost_whoever_suspects_it(SiloStatus status, ProcessState state)
    {
        MembershipEntry member = Member(status, Lost);

        Assert.Equal(state, MemberStanding.StateOf(member, Lost));
        Assert.Null(MemberStanding.LostAt(member));
    }

    [Fact]
    public void Who_left_by_itself_is_not_shown()
    {
        Assert.Null(MemberStanding.StateOf(Member(SiloStatus.Dead), Lost));
    }

    [Fact]
    public void Who_was_given_up_is_lost_since_the_last_vote_and_shown_for_ten_minutes()
    {
        MembershipEntry member = Member(SiloStatus.Dead, Lost, Lost.AddSeconds(-3));

        Assert.Equal(new DateTimeOffset(Lost), MemberStanding.LostAt(member));
        Assert.Equal(ProcessState.Lost, MemberStanding.StateOf(member, Lost.AddMinutes(10).AddTicks(-1)));
        Assert.Null(MemberStanding.StateOf(member, Lost.AddMinutes(10)));
    }

    private static MembershipEntry Member(SiloStatus status, params DateTime[] votes) =>
        new() { Status = status, SuspectTimes = [.. votes.Select(at => Tuple.Create(Other, at))] };
}
