using OmniIoT.Domain.Answers;

namespace OmniIoT.Domain.Voice;

/// <summary>What a customer is asked after.</summary>
public enum SurveyOccasion
{
    CaseResolved,
    ConversationClosed,
}

/// <summary>A question that customers are asked after something of theirs has ended.</summary>
public sealed record Survey
{
    /// <summary>Who was asked is not asked again for so many days, whatever the survey.</summary>
    public const int DefaultMaxPerDays = 30;

    public required string Id { get; init; }

    public required SurveyType Type { get; init; }

    public required SurveyOccasion On { get; init; }

    /// <summary>How long after the end it is sent.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Null: the platform's own words.</summary>
    public required LocalizedText? Question { get; init; }

    /// <summary>Ids of channels, the best first; null: the one that was used.</summary>
    public required IReadOnlyList<string>? Channels { get; init; }

    /// <summary>A score below it opens a follow-up; null: none does.</summary>
    public required int? FollowUpBelow { get; init; }

    /// <summary>0: whoever was asked may be asked again at once.</summary>
    public required int MaxPerDays { get; init; }

    public bool Enabled { get; init; } = true;
}
