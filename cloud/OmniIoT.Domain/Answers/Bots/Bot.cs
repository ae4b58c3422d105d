namespace OmniIoT.Domain.Answers.Bots;

/// <summary>Who answers first on the channels that name it.</summary>
public sealed record Bot
{
    public const double DefaultThreshold = 0.5;
    public const int DefaultHandoverAfter = 2;

    public required string Id { get; init; }

    /// <summary>Said before its first answer in a conversation; null: nothing.</summary>
    public required LocalizedText? Greeting { get; init; }

    public required IReadOnlyList<BotIntent> Intents { get; init; }

    /// <summary>From which confidence on it answers, 0 to 1.</summary>
    public required double Threshold { get; init; }

    /// <summary>How many questions it may fail to understand before a person takes over; 1 to 10.</summary>
    public required int HandoverAfter { get; init; }

    /// <summary>Where it hands over to; null: the conversation's own queue.</summary>
    public required string? Queue { get; init; }
}
