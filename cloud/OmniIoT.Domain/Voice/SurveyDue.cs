using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Voice;

/// <summary>A survey that is to be sent to a customer when its delay is over.</summary>
/// <param name="DueAt">When.</param>
/// <param name="Of">What ended.</param>
public sealed record SurveyDue(string SurveyId, Instant DueAt, SurveySubject Of);

/// <summary>What a customer is asked about; every field may be missing.</summary>
public sealed record SurveySubject
{
    public string? CaseId { get; init; }

    public string? ConversationId { get; init; }

    public string? DeviceId { get; init; }

    /// <summary>The channel that was used.</summary>
    public string? Channel { get; init; }

    public string? Queue { get; init; }

    /// <summary>Who worked on it.</summary>
    public string? Agent { get; init; }
}
