using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>The names that may stand between braces in replies, macros and triggers, and what agents write with them.</summary>
public static partial class ReplyNames
{
    public const string CaseNumber = "case.number";
    public const string AgentName = "agent.name";

    /// <summary>Followed by a metric's name: its newest value.</summary>
    public const string DeviceValue = "device.values.";

    public static IReadOnlySet<string> Fixed { get; } =
        new[] { TemplateNames.CustomerName, TemplateNames.DeviceName, CaseNumber, AgentName }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsValue(string name) => name.Length > DeviceValue.Length && name.StartsWith(DeviceValue, StringComparison.Ordinal);

    public static DocumentReading<Template> Parse(string text, string pointer) => Template.Parse(text, Fixed, pointer, IsValue);

    /// <summary>Fills what is known of the names in; a name without a value becomes nothing, and what is no name stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) =>
        Parse(text, "") is { Accepted: true, Value: { } template } ? template.Render(values) : text;

    /// <summary>Agents whom a note names, <c>@ann</c>, each once in the order of the text.</summary>
    public static IReadOnlyList<string> Mentioned(string note) =>
        [.. Mention().Matches(note).Take(MostMentions).Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    private const int MostMentions = 50;

    /// <summary>Not within an address of mail; an id does not end with a dot, where the sentence does.</summary>
    [GeneratedRegex(@"(?<![\w.@-])@([A-Za-z0-9](?:[\w.:-]{0,98}[A-Za-z0-9_-])?)", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
