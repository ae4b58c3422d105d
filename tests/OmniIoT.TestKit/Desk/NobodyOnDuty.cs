using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports.Desk;

namespace OmniIoT.TestKit.Desk;

/// <summary>A company without agents: nothing is routed to anybody.</summary>
public sealed class NobodyOnDuty : IStaff
{
    public ValueTask<IReadOnlyList<AgentOnDuty>> OnDutyAsync(CancellationToken cancellationToken) => new([]);
}
