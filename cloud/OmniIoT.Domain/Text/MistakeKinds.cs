using System.Collections.Frozen;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Text;

/// <summary>
/// What can be wrong with what somebody typed, in English; between braces the names of the values. What only a program gets wrong has
/// no kind: its author reads the message.
/// </summary>
public static class MistakeKinds
{
    public const string Required = "mistake.required";
    public const string Missing = "mistake.missing";
    public const string Empty = "mistake.empty";
    public const string EmptyText = "mistake.emptyText";
    public const string Text = "mistake.text";
    public const string Length = "mistake.length";
    public const string TooLong = "mistake.tooLong";
    public const string TooShort = "mistake.tooShort";
    public const string TooMany = "mistake.tooMany";
    public const string Negative = "mistake.negative";
    public const string Number = "mistake.number";
    public const string NumberAbove = "mistake.numberAbove";
    public const string Whole = "mistake.whole";
    public const string Time = "mistake.time";
    public const string TimeOfDay = "mistake.timeOfDay";
    public const string TimeZone = "mistake.timeZone";
    public const string Choice = "mistake.choice";
    public const string Unknown = "mistake.unknown";
    public const string Id = "mistake.id";
    public const string IdPattern = "mistake.idPattern";
    public const string BeaconId = "mistake.beaconId";
    public const string IdentityType = "mistake.identityType";
    public const string EndsEarly = "mistake.endsEarly";
    public const string NoPlace = "mistake.noPlace";
    public const string NoModel = "mistake.noModel";
    public const string UnknownModel = "mistake.unknownModel";
    public const string SameHours = "mistake.sameHours";
    public const string HoursEndEarly = "mistake.hoursEndEarly";
    public const string NoHours = "mistake.noHours";
    public const string Date = "mistake.date";
    public const string WorkingSpan = "mistake.workingSpan";
    public const string OverflowToItself = "mistake.overflowToItself";
    public const string OpenBraces = "mistake.openBraces";
    public const string UnknownPlaceholder = "mistake.unknownPlaceholder";
    public const string Crossing = "mistake.crossing";

    /// <summary>Every kind with its words.</summary>
    public static FrozenDictionary<string, string> English { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Required] = "is required",
            [Missing] = "is missing",
            [Empty] = "must not be empty",
            [EmptyText] = "must be a text that is not empty",
            [Text] = "must be a text of {min} to {max} characters",
            [Length] = "must have {min} to {max} characters",
            [TooLong] = "must have at most {max} characters",
            [TooShort] = "must have at least {min} characters",
            [TooMany] = "must be at most {max}",
            [Negative] = "must not be below zero",
            [Number] = "must be a number, {min} to {max}",
            [NumberAbove] = "must be a number, above {above}, at most {max}",
            [Whole] = "must be a whole number, {min} to {max}",
            [Time] = "must be a time, ISO 8601 (2026-11-22T01:33:00.000Z) or epoch milliseconds",
            [TimeOfDay] = "must be a time of day, 00:00 to 24:00",
            [TimeZone] = "must be an IANA time zone, such as Asia/Baku",
            [Choice] = "must be one of {choices}",
            [Unknown] = "There is no {what} '{id}'.",
            [Id] = "must be " + Identifier.Allowed,
            [IdPattern] = "must be " + Provisioning.IdPattern.Allowed,
            [BeaconId] = "must be uuid:major:minor, major and minor 0 to 65535",
            [IdentityType] = "must name a kind of address, such as email or phone",
            [EndsEarly] = "must be after startsAt",
            [NoPlace] = "names no place: give at least one fence or beacon",
            [NoModel] = "names no device model: give at least one",
            [UnknownModel] = "there is no model '{id}'",
            [SameHours] = "must differ from \"from\"",
            [HoursEndEarly] = "must be after \"from\"; hours that run over midnight are two entries",
            [NoHours] = "names no hours: give at least one entry",
            [Date] = "must be a date, such as 2026-12-31",
            [WorkingSpan] = "must be a time of at most {max} days, such as 15m, 4h, 2d or 1d 4h",
            [OverflowToItself] = "must be another queue",
            [OpenBraces] = "the braces opened at character {at} are never closed",
            [UnknownPlaceholder] = "{name} at character {at} is not known here; known are {known}",
            [Crossing] = "crosses itself at latitude {latitude}, longitude {longitude}",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
