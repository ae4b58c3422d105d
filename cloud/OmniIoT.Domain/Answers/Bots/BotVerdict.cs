namespace OmniIoT.Domain.Answers.Bots;

public enum BotOutcome
{
    /// <summary>It knows the answer.</summary>
    Answer,

    /// <summary>It asks back.</summary>
    Ask,

    /// <summary>A person is to go on.</summary>
    Handover,
}

/// <summary>What a bot makes of a question by itself, whatever was said before.</summary>
public sealed record BotVerdict
{
    public required BotOutcome Outcome { get; init; }

    /// <summary>The intent; null: none, or an article by itself.</summary>
    public string? Intent { get; init; }

    /// <summary>How sure it is of what fits best, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The article that it answers with; null: none.</summary>
    public string? Article { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>The intent and what the words are about.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where a person is to go on; null: where the bot hands over to.</summary>
    public string? Queue { get; init; }

    /// <summary>What it asks for one after the other; null: nothing.</summary>
    public BotAnswer.OfForm? Form { get; init; }

    /// <summary>What is not to be said twice in a conversation; null: nothing of its own was said.</summary>
    public string? Key { get; init; }

    /// <summary>The device that it asks about; null: none.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Whether nothing that is known fits.</summary>
    public bool IsMiss { get; init; }
}
