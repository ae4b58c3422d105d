using System.Text.Json;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Voice;

/// <summary>
/// Reads <c>{"type":"csat","on":"case.resolved","delayMinutes":0,"question":{},"channels":"same","followUpBelow":3,"maxPerDays":30}</c>;
/// a survey is accepted, or refused whole with every mistake.
/// </summary>
public static class SurveyReader
{
    private const int MaxQuestion = 500;
    private const int MaxChannels = 20;
    private const int MaxName = 200;
    private const int MaxDays = 3_650;

    /// <summary>Thirty days.</summary>
    private const int MaxDelayMinutes = 43_200;

    private const string Same = "same";

    private static readonly SurveyType[] Types = Enum.GetValues<SurveyType>();

    private static readonly (string Name, SurveyOccasion On)[] Occasions =
    [
        ("case.resolved", SurveyOccasion.CaseResolved),
        ("conversation.closed", SurveyOccasion.ConversationClosed),
    ];

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Survey> Read(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "type", "on", "delayMinutes", "question", "channels", "followUpBelow", "maxPerDays", "enabled"],
            fields => Read(id, fields)
        );

    private static Survey Read(string id, JsonFields fields)
    {
        SurveyType type = fields.Choice<SurveyType>("type", required: true, Types) ?? SurveyType.Csat;
        fields.Text("name", MaxName);
        return new Survey
        {
            Id = id,
            Type = type,
            On = ReadOccasion(fields),
            Delay = fields.Minutes("delayMinutes", 0, MaxDelayMinutes) ?? TimeSpan.Zero,
            Question = fields.Localized("question", MaxQuestion),
            Channels = ReadChannels(fields),
            FollowUpBelow = (int?)fields.Whole("followUpBelow", type.Lowest(), type.Highest() + 1),
            MaxPerDays = (int)(fields.Whole("maxPerDays", 0, MaxDays) ?? Survey.DefaultMaxPerDays),
            Enabled = fields.Flag("enabled") ?? true,
        };
    }

    private static SurveyOccasion ReadOccasion(JsonFields fields)
    {
        string? said = fields.RequiredText("on", MaxName);
        foreach ((string name, SurveyOccasion on) in Occasions)
        {
            if (name == said)
                return on;
        }
        if (said is not null)
            fields.RefuseAs("on", MistakeKinds.Choice, ("choices", string.Join(", ", Occasions.Select(static one => one.Name))));
        return SurveyOccasion.CaseResolved;
    }

    private static IReadOnlyList<string>? ReadChannels(JsonFields fields)
    {
        if (fields.Find("channels") is not { } value || (value.ValueKind is JsonValueKind.String && value.ValueEquals(Same)))
            return null;
        if (value.ValueKind is not JsonValueKind.Array)
        {
            fields.RefuseAs("channels", MistakeKinds.Choice, ("choices", "same, or an array of channels"));
            return null;
        }
        IReadOnlyList<string> named = fields.Texts("channels", MaxChannels, MaxName);
        if (named.Count == 0 && !fields.HasMistakes)
            fields.RefuseAs("channels", MistakeKinds.Empty);
        return named;
    }
}
