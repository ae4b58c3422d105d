using System.Text.Json.Serialization;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access.Rights;

/// <summary>What an agent may do.</summary>
public sealed record Role(string Id, string Name, RightSet Rights)
{
    /// <summary>What the rights are limited to; null: nothing.</summary>
    public Bounds? Bounds { get; init; }

    public const string Admin = "admin";
    public const string Agent = "agent";

    /// <summary>What everybody who serves customers may see: what the customer has, and what happened to it.</summary>
    private static readonly RightSet Seeing = RightSet.Of(
        "alarms:read",
        "articles:read",
        "campaigns:read",
        "cases:read",
        "cluster:read",
        "commands:read",
        "conversations:read",
        "customers:read",
        "deadLetters:read",
        "devices:read",
        "models:read",
        "offers:read",
        "places:read"
    );

    private static readonly RightSet Repairing = Seeing | RightSet.Of("alarms:write", "cases:write", "commands:write");

    private static readonly RightSet Serving =
        Repairing
        | RightSet.Of(
            "appTokens:write",
            "campaigns:write",
            "conversations:write",
            "customers:write",
            "exports:read",
            "offers:write",
            "places:write"
        );

    private static readonly RightSet Selling = RightSet.Of(
        "campaigns:read",
        "campaigns:write",
        "customers:read",
        "devices:read",
        "models:read",
        "offers:read",
        "offers:write",
        "places:read",
        "places:write",
        "reports:read"
    );

    private static readonly RightSet Leading =
        Serving | RightSet.Of("articles:write", "people:read", "queues:read", "queues:write", "reports:read");

    /// <summary>Those that there always are, from the least to the most; what they may, except of the last, can be changed.</summary>
    public static IReadOnlyList<Role> BuiltIn { get; } =
    [
        new("technician", "Technician", Repairing),
        new(Agent, "Agent", Serving),
        new("marketer", "Marketer", Selling),
        new("supervisor", "Supervisor", Leading),
        new(Admin, "Administrator", RightSet.All),
    ];

    public static Role? FindBuiltIn(string id) => BuiltIn.FirstOrDefault(role => role.Id == id);
}

/// <summary>Roles as stored, by id: those that were made, and what built-in ones were changed to.</summary>
internal sealed record StoredRoles(IReadOnlyList<StoredRole> Roles);

internal sealed record StoredRole(string Id, string Name, IReadOnlyList<string> Rights)
{
    /// <summary>Missing or without names: queues do not bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Queues { get; init; }

    /// <inheritdoc cref="Queues"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sites { get; init; }

    public static StoredRole Of(Role role) =>
        new(role.Id, role.Name, role.Rights.Names) { Queues = role.Bounds?.Queues, Sites = role.Bounds?.Sites };

    public Role ToRole() => new(Id, Name, RightSet.Stored(Rights)) { Bounds = Bounds.Of(Queues, Sites) };
}
