namespace OmniIoT.Domain.Figures;

/// <summary>By what figures are kept, by the names under which they are stored.</summary>
public static class Dimensions
{
    public const string Channel = "channel";
    public const string Queue = "queue";
    public const string Agent = "agent";
    public const string Model = "model";
    public const string Bot = "bot";

    /// <summary>Everything together.</summary>
    public const string All = "all";

    /// <summary>Channel and theme of what customers say.</summary>
    public const string Voice = "voice";

    private const char Separator = '\n';

    /// <summary>Where a subject is counted: the dimension and its value.</summary>
    public static IEnumerable<(string Dimension, string Value)> Of(FigureSubject of)
    {
        if (!of.IsPart)
            yield return (All, "");
        (string, string?)[] own = [(Channel, of.Channel), (Queue, of.Queue), (Agent, of.Agent), (Model, of.Model), (Bot, of.Bot)];
        foreach ((string dimension, string? value) in own)
        {
            if (value is not null)
                yield return (dimension, value);
        }
        if (of.Themes is null)
            yield break;
        foreach (string theme in of.Themes.Prepend(""))
            yield return (Voice, VoiceValue(of.Channel ?? "", theme));
    }

    /// <param name="theme">Empty: all that is said.</param>
    public static string VoiceValue(string channel, string theme) => channel + Separator + theme;

    public static (string Channel, string Theme) ReadVoice(string value)
    {
        int at = value.IndexOf(Separator, StringComparison.Ordinal);
        return (value[..at], value[(at + 1)..]);
    }
}
