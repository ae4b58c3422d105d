using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Voice;

/// <summary>One customer asked once, and what they answered.</summary>
public sealed record SurveyRequest
{
    /// <summary>Later answers count no more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public required string Id { get; init; }

    /// <summary>What the page of the question is found by; nobody can guess it.</summary>
    public required string Token { get; init; }

    public required string SurveyId { get; init; }

    public required SurveyType Type { get; init; }

    /// <summary>In the customer's language, as it was asked.</summary>
    public required string Question { get; init; }

    public required string Locale { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>By which it was asked.</summary>
    public required string Channel { get; init; }

    public required SurveySubject Of { get; init; }

    public required Instant SentAt { get; init; }

    public required int? FollowUpBelow { get; init; }

    public Instant? AnsweredAt { get; init; }

    public int? Score { get; init; }

    /// <summary>What they wrote beside the score; null: nothing.</summary>
    public string? Text { get; init; }

    /// <summary>Ids of the themes that the text is about.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>The case that a low score opened.</summary>
    public string? FollowUpCaseId { get; init; }

    [JsonIgnore]
    public Instant ExpiresAt => SentAt + Lifetime;

    public bool IsOver(Instant now) => now >= ExpiresAt;

    /// <summary>What words on the channel that it was asked by say to it; null: they are no answer.</summary>
    public SurveyReply? Read(ReceiveMessage words, Instant now) =>
        words.IsAutomatic || words.Attachments.Count > 0 || words.Channel != Channel || IsOver(now)
            ? null
            : SurveyReply.Read(Type, words.Text);
}
