namespace OmniIoT.Domain.Desk.Routing;

/// <summary>What the router does with a case or a conversation.</summary>
public enum RoutingStep
{
    /// <summary>Gives it to an agent.</summary>
    Assign,

    /// <summary>Takes it back from who has it and gave no answer.</summary>
    TakeBack,

    /// <summary>Moves it to another queue.</summary>
    Overflow,
}

/// <param name="To">The agent or the queue; null where it is taken back.</param>
public sealed record RoutingMove(RoutingStep Step, string? To = null);
