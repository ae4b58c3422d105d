using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Api.Voice;

/// <summary>A question that customers are asked.</summary>
public sealed record SurveyBody
{
    public string? Name { get; init; }

    public required SurveyType Type { get; init; }

    /// <summary>case.resolved or conversation.closed.</summary>
    public required string On { get; init; }

    /// <summary>0 to 43200; missing: 0.</summary>
    public double? DelayMinutes { get; init; }

    /// <summary>By language of <c>en az ar hy fa</c>, or one text for all; missing: the platform's words.</summary>
    public JsonElement? Question { get; init; }

    /// <summary>same, or ids of channels, the best first; missing: same.</summary>
    public JsonElement? Channels { get; init; }

    /// <summary>A score below it opens a case, until whose end the customer gets no offers; missing: none does.</summary>
    public int? FollowUpBelow { get; init; }

    /// <summary>Who was asked is not asked again for so many days, 0 to 3650; missing: 30.</summary>
    public int? MaxPerDays { get; init; }

    /// <summary>Missing: true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>A survey as customers would see it.</summary>
/// <param name="Messages">What they are sent, by language; in the place of the address of the page stands <c>/s/…</c>.</param>
public sealed record SurveyPreview(IReadOnlyDictionary<string, string> Messages);

/// <param name="Keywords">What people say who mean it: an array, or one by language.</param>
public sealed record ThemeBody(string? Name, JsonElement? Keywords);

/// <summary>What customers say.</summary>
public sealed record VoiceView
{
    public required VoiceScoreView Score { get; init; }

    public required IReadOnlyList<ChannelVoice> ByChannel { get; init; }

    /// <summary>The parts of the time that <c>bucket</c> asks for.</summary>
    public required IReadOnlyList<TimeVoice> ByTime { get; init; }

    /// <summary>The most mentioned first.</summary>
    public required IReadOnlyList<ThemeVoice> Themes { get; init; }

    /// <summary>Answers with words, the newest first.</summary>
    public required IReadOnlyList<Verbatim> Verbatims { get; init; }

    /// <summary>Where the verbatims go on; null: at their end.</summary>
    public required string? Next { get; init; }
}

/// <param name="Csat">The mean, 1 to 5; null: no such answer.</param>
/// <param name="Nps">Per cent that give 9 or 10, less per cent that give 0 to 6; -100 to 100; null: no such answer.</param>
/// <param name="Ces">The mean, 1 to 7; null: no such answer.</param>
/// <param name="Asked">Surveys that were sent in the time.</param>
public sealed record VoiceScoreView(double? Csat, double? Nps, double? Ces, long Answers, long Asked);

public sealed record ChannelVoice(string Channel, double? Csat, double? Nps, double? Ces, long Answers, long Asked);

/// <param name="At">When the part begins.</param>
public sealed record TimeVoice(Instant At, double? Csat, double? Nps, double? Ces, long Answers, long Asked);

/// <param name="Score">The mean satisfaction of those who mention it, else effort, else net promoters.</param>
/// <param name="Trend">How many more mention it than in the time of the same length before.</param>
public sealed record ThemeVoice(string Theme, long Mentions, double? Score, long Trend);

/// <summary>What a customer said beside a score.</summary>
public sealed record Verbatim
{
    public required string Id { get; init; }

    public required Instant At { get; init; }

    public required string SurveyId { get; init; }

    public required SurveyType Type { get; init; }

    public required int Score { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<string> Themes { get; init; }

    public required string Channel { get; init; }

    public required string CustomerId { get; init; }

    public required string? ConversationId { get; init; }

    public required string? CaseId { get; init; }

    public required string? FollowUpCaseId { get; init; }
}
