using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>One thing that a macro or a trigger does; exactly one member is not null.</summary>
public sealed record DeskAction
{
    /// <summary>Words to the customer, or the id of a canned reply.</summary>
    public string? Reply { get; init; }

    /// <summary>Words for the company only.</summary>
    public string? Note { get; init; }

    public SetFields? Set { get; init; }

    /// <summary>A command to the device that it is about.</summary>
    public CommandOrder? Command { get; init; }

    public ResolveOrder? Resolve { get; init; }

    public TransferOrder? Transfer { get; init; }

    /// <summary>Whether it is done in the conversation; else in the case or at the device.</summary>
    public bool IsTalk => Reply is not null;
}

/// <summary>Changes what is not null; an empty assignee unassigns.</summary>
/// <param name="Status"><c>open</c>, <c>closed</c> and for a case <c>pending</c>.</param>
/// <param name="Priority">Of the case.</param>
/// <param name="Tags">Added to those that the conversation has.</param>
public sealed record SetFields(
    CaseStatus? Status = null,
    CasePriority? Priority = null,
    string? Queue = null,
    string? Assignee = null,
    IReadOnlyList<string>? Tags = null
);

/// <param name="Name">A command of the device's model.</param>
public sealed record CommandOrder(string Name, JsonObject? Arguments = null);

/// <summary>Resolves the case; a conversation is closed.</summary>
public sealed record ResolveOrder(string? Resolution = null);

/// <summary>Hands on to a queue or a person; one of the two is not null.</summary>
public sealed record TransferOrder(string? Queue, string? Assignee, string? Note);
