namespace OmniIoT.Ports.Desk;

/// <summary>Somebody of the company who has a conversation before them.</summary>
/// <param name="Typing">Whether they are writing in it.</param>
public sealed record Looker(string AgentId, bool Typing);

/// <summary>
/// Who looks at a conversation just now, so that two do not answer at once. It is told again and again while it is so; nobody counts who
/// has
/// not told for <see cref="For"/>. Nothing of it is kept.
/// </summary>
public interface ILookers
{
    static readonly TimeSpan For = TimeSpan.FromSeconds(12);

    /// <summary>An agent looks at it.</summary>
    /// <returns>Who else does, by id; 20 at most.</returns>
    ValueTask<IReadOnlyList<Looker>> LookAsync(string conversationId, string agentId, bool isTyping);

    /// <summary>An agent looks at it no more.</summary>
    ValueTask LeaveAsync(string conversationId, string agentId);
}
