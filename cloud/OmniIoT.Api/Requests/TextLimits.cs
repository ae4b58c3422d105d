namespace OmniIoT.Api.Requests;

/// <summary>
/// How long texts are that people and programs write, in UTF-16 code units. They are read again by the hundred, in lists and on timelines,
/// and filled into other texts: without a bound one that was sent once would be answered a thousand times over.
/// </summary>
internal static class TextLimits
{
    /// <summary>Of a device, a channel, or who did something.</summary>
    public const int Name = 200;

    /// <summary>Of a case or an entry.</summary>
    public const int Title = 500;

    /// <summary>Of a note or a resolution: as long as a message.</summary>
    public const int Note = 10_000;

    /// <summary>Of an entry that another system tells of, which may be a whole mail: as long as an article.</summary>
    public const int Entry = 60_000;
}
