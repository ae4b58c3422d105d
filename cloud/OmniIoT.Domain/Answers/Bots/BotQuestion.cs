using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>What a bot is asked, and what it knows of who asks.</summary>
/// <param name="Locale">Of <see cref="Locales"/>.</param>
public sealed record BotQuestion(string Text, string Locale)
{
    public IReadOnlyList<DeviceReport> Devices { get; init; } = [];

    /// <summary>Whether it is known who asks.</summary>
    public bool IsByCustomer { get; init; }

    public required Instant Now { get; init; }

    /// <summary>In which times are told.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether a language model may be asked what is not known.</summary>
    public bool HasModel { get; init; }

    /// <summary>What stands before the path of a help page.</summary>
    public string HelpAddress { get; init; } = "";

    /// <summary>The device that is in the worst trouble; null: none is.</summary>
    public DeviceReport? Troubled =>
        Devices.Where(static device => device.Alarm is not null).MaxBy(static device => device.Alarm!.Severity);
}
