using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Ports.Desk;

/// <summary>The company's people, as the desk asks for them.</summary>
public interface IStaff
{
    /// <summary>Who is there and may serve customers, by id; without what they have.</summary>
    ValueTask<IReadOnlyList<AgentOnDuty>> OnDutyAsync(CancellationToken cancellationToken);
}
