using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Audit;

/// <summary>The parts of the query that say which entries are meant.</summary>
internal sealed record AuditQuery
{
    private static readonly string[] Actors = ["agent", "customer"];
    private static readonly string[] Subjects =
    [
        "agent",
        "customer",
        "device",
        "case",
        "conversation",
        "model",
        "campaign",
        "site",
        "fence",
        "beacon",
        "enrollment",
        "setting",
        "key",
        "role",
    ];

    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    public AuditFilter Read() =>
        new(Named(Actor, Actors), Named(Subject, Subjects), Query.List(Action), Query.Time("from", From), Query.Time("to", To));

    /// <summary>An id without its kind means whatever has it.</summary>
    private static IReadOnlyList<string>? Named(string? name, string[] kinds) =>
        Query.Empty(name) is not { } some ? null
        : some.Contains(':', StringComparison.Ordinal) ? [some]
        : [some, .. kinds.Select(kind => $"{kind}:{some}")];
}
