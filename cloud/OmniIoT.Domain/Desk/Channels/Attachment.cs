using OmniIoT.Devices;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>A file of a message, kept apart from its words.</summary>
/// <param name="Name">As the sender called it; never a path.</param>
/// <param name="Type">The media type as sniffed from the content, not as claimed.</param>
/// <param name="Size">In bytes, at most <see cref="MaximumBytes"/>.</param>
public sealed record Attachment(string Id, string Name, string Type, long Size)
{
    public const int MaximumBytes = 20 * 1024 * 1024;

    /// <summary>One that no message names for so long is taken away.</summary>
    public static readonly TimeSpan UnnamedFor = TimeSpan.FromDays(1);

    private const int MaximumNameLength = 200;

    private const string Unnamed = "file";

    /// <summary>A new one, of a content.</summary>
    /// <param name="name">As the sender calls it, a path perhaps.</param>
    public static Attachment Of(string id, string name, ReadOnlySpan<byte> content) =>
        new(id, NameOf(name), MediaTypes.Sniff(content), content.Length);

    private static string NameOf(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        string clean = string.Concat(name.Where(static letter => !char.IsControl(letter))).Trim();
        return clean.Length == 0 ? Unnamed : TextCut.End(clean, MaximumNameLength);
    }
}
