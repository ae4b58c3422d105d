using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Api.Customers;

/// <summary>A customer as written whole: what is missing is empty, and nothing is consented to until said.</summary>
[AlsoTakes("id", "createdAt", "version")]
public sealed record CustomerBody(
    string? Name,
    string? Locale,
    string? TimeZone,
    IReadOnlyList<string>? Tags,
    Consent? Consent,
    IReadOnlyList<Identity>? Identities,
    JsonObject? Traits
)
{
    private const int MaximumTextLength = 200;
    private const int MaximumListLength = 100;

    /// <exception cref="ProblemException">Something in it is not what it must be.</exception>
    internal PutCustomerData ToRequest(int? expectedVersion, string actor)
    {
        Mistakes mistakes = new();
        CheckText(Name, "/name", mistakes);
        CheckText(Locale, "/locale", mistakes);
        if (TimeZone is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            mistakes.Add("/timeZone", Sentence.Of(MistakeKinds.TimeZone));
        CheckTags(mistakes);
        CheckIdentities(mistakes);
        CheckTraits(mistakes);
        mistakes.ThrowIfAny();
        return new PutCustomerData
        {
            Name = NullIfEmpty(Name),
            Locale = NullIfEmpty(Locale),
            TimeZone = NullIfEmpty(TimeZone),
            Tags = Tags ?? [],
            Consent = Consent ?? new Consent(),
            Identities = Identities ?? [],
            ExpectedVersion = expectedVersion,
            Actor = actor,
            Traits = Traits ?? [],
        };
    }

    private void CheckTags(Mistakes mistakes)
    {
        if (Tags?.Count > MaximumListLength)
            mistakes.Add("/tags", Wrong.TooMany(MaximumListLength));
        for (int i = 0; i < Tags?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Tags[i]))
                mistakes.Add($"/tags/{i}", Wrong.Empty);
            else
                CheckText(Tags[i], $"/tags/{i}", mistakes);
        }
    }

    private void CheckIdentities(Mistakes mistakes)
    {
        if (Identities?.Count > MaximumListLength)
            mistakes.Add("/identities", Wrong.TooMany(MaximumListLength));
        for (int i = 0; i < Identities?.Count; i++)
        {
            if (Identities[i] is not { } identity)
            {
                mistakes.Add($"/identities/{i}", "must be an object");
                continue;
            }
            if (!Identifier.IsValid(identity.Type))
                mistakes.Add($"/identities/{i}/type", Sentence.Of(MistakeKinds.IdentityType));
            if (string.IsNullOrWhiteSpace(identity.Value))
                mistakes.Add($"/identities/{i}/value", Wrong.Missing);
            else
                CheckText(identity.Value, $"/identities/{i}/value", mistakes);
        }
    }

    private void CheckTraits(Mistakes mistakes)
    {
        if (Traits?.Count > MaximumListLength)
            mistakes.Add("/traits", $"must be at most {MaximumListLength}");
        foreach ((string name, JsonNode? value) in Traits ?? [])
        {
            string pointer = "/traits/" + JsonExpectation.Escape(name);
            if (name.Length is 0 or > MaximumTextLength)
                mistakes.Add(pointer, $"must have a name of 1 to {MaximumTextLength} characters");
            if (value?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                mistakes.Add(pointer, "must be a text, a number or a boolean");
            else
                CheckText(value.ToString(), pointer, mistakes); // A number as well: it is kept as it was written.
        }
    }

    private static void CheckText(string? text, string pointer, Mistakes mistakes) =>
        mistakes.AddIfLonger(pointer, text, MaximumTextLength);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>A note or an interaction that another system reports.</summary>
public sealed record TimelineBody
{
    /// <summary>When it happened; missing: now.</summary>
    public required Instant? At { get; init; }

    /// <summary>One of the timeline's kinds for calls, messages, surveys, purchases, pages and notes; missing: <c>note.added</c>.</summary>
    public required string? Kind { get; init; }

    /// <summary>Where it happened; missing: <c>console</c> for agents, <c>api</c> for programs.</summary>
    public required string? Channel { get; init; }

    /// <summary>Missing: <c>internal</c>.</summary>
    public required TimelineDirection? Direction { get; init; }

    /// <summary>Who did it, when a program reports it for somebody; missing: the caller.</summary>
    public required string? Actor { get; init; }

    /// <summary>At most 500 characters; may be missing when there is a text.</summary>
    public required string? Title { get; init; }

    /// <summary>At most 60,000 characters.</summary>
    public required string? Text { get; init; }

    public required TimelineRefs? Refs { get; init; }

    /// <summary>Anything, up to 64 KiB; of <c>survey.answered</c> the <c>score</c>, 1 to 5, of which 1 and 2 are bad.</summary>
    public required JsonObject? Data { get; init; }
}
