using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>
/// Does what a macro or a trigger says in the conversation with this customer, all or nothing; what belongs to the case or the device
/// follows by letter, in the same commit.
/// </summary>
/// <param name="ConversationId">Null: the open one, else a new one.</param>
/// <param name="Actions">Their words ready to be read.</param>
public sealed record ActOnConversation(string? ConversationId, IReadOnlyList<DeskAction> Actions, string Actor)
{
    /// <summary>Names the deed: asked for again it is not done again. Null: it is asked for once.</summary>
    public string? Key { get; init; }

    /// <summary>The case that it is about; null: that of the conversation.</summary>
    public string? CaseId { get; init; }

    /// <summary>Whether a person answers the customer by it.</summary>
    public bool HasAnswer => PostMessage.IsPerson(Actor) && Actions.Any(static action => action.Reply is not null);

    /// <summary>What else is to be done, elsewhere, once this is.</summary>
    public ActionsDue? Then { get; init; }

    /// <inheritdoc cref="StartConversation.Queues"/>
    public IReadOnlyList<string>? Queues { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Does what a macro or a trigger says to a case, all or nothing.</summary>
/// <param name="Actions">None of them a reply; their words ready to be read.</param>
public sealed record ActOnCase(string CaseId, IReadOnlyList<DeskAction> Actions, string Actor)
{
    /// <inheritdoc cref="ActOnConversation.Key"/>
    public string? Key { get; init; }

    /// <summary>In which its replies may be said; null: in any.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    public int? ExpectedVersion { get; init; }
}
