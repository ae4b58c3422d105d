using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <inheritdoc cref="IStaff"/>
internal sealed class Staff(Presences presences, AgentAccounts accounts, Roles roles) : IStaff
{
    /// <summary>Who has none of them serves nobody.</summary>
    private static readonly RightSet Serving = RightSet.Of("cases:write", "conversations:write");

    public async ValueTask<IReadOnlyList<AgentOnDuty>> OnDutyAsync(CancellationToken cancellationToken)
    {
        List<AgentOnDuty> agents = [];
        foreach (StoredPresence presence in await presences.AllAsync(cancellationToken))
        {
            if (
                presence.Value.State is not PresenceState.Offline
                && await accounts.FindAsync(presence.Value.AgentId, cancellationToken) is { } account
                && await roles.FindAsync(account.Role, cancellationToken) is { } role
                && role.Rights.HasAnyOf(Serving)
            )
                agents.Add(View(account, presence.Value, role.Bounds));
        }
        return agents;
    }

    public async ValueTask<bool> MayServeAsync(AgentAccount account, CancellationToken cancellationToken) =>
        (await roles.RightsOfAsync(account.Role, cancellationToken)).HasAnyOf(Serving);

    private static AgentOnDuty View(AgentAccount account, AgentPresence presence, Bounds? bounds) =>
        new(account.Id, presence.State is PresenceState.Available, IsThere: true, presence.Since)
        {
            // What their role hides from them is not given to them.
            Queues = Set(account.Abilities.Queues?.Where(queue => bounds?.Queues?.Contains(queue) is not false)),
            Sites = bounds?.Sites,
            Skills = Set(account.Abilities.Skills),
            Languages = Set(account.Abilities.Languages),
            Capacity = account.Abilities.Capacity ?? new AgentCapacity(),
        };

    private static HashSet<string> Set(IEnumerable<string>? texts) => new(texts ?? [], StringComparer.Ordinal);
}
