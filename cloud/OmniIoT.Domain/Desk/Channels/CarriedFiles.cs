using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>The files that leave with the words of one message of a kind of channel.</summary>
/// <param name="Most">How many; 0: none do.</param>
public sealed record CarriedFiles(int Most)
{
    private const string Pointer = "/attachmentIds";

    public static CarriedFiles None { get; } = new(0);

    /// <summary>As many as the API takes, whatever they are.</summary>
    public static CarriedFiles All { get; } = new(int.MaxValue);

    /// <summary>Largest files in bytes, by how their media types begin, such as <c>image/</c>.</summary>
    public IReadOnlyDictionary<string, int> MaximumBytes { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether what <see cref="MaximumBytes"/> does not name is not carried; else that may be as large as any.</summary>
    public bool OnlyNamed { get; init; }

    /// <summary>Of all files of a message together.</summary>
    public long MaximumBytesInAll { get; init; } = long.MaxValue;

    /// <summary>Whether the provider fetches them by links, which lead to the address that the world knows the host by.</summary>
    public bool ByLink { get; init; }

    /// <returns>Why these files cannot leave; null: they can.</returns>
    /// <param name="channel">Its id, for the reason.</param>
    /// <param name="hasAddress">Whether the world knows the host by an address.</param>
    public Rejection? FindHindrance(string channel, IReadOnlyList<Attachment> files, bool hasAddress)
    {
        if (files.Count == 0)
            return null;
        if (Most == 0)
            return Refuse("NoFiles", $"'{channel}' carries no files.");
        if (files.Count > Most)
            return Refuse("TooManyFiles", $"'{channel}' carries at most {Most} in one message.");
        if (ByLink && !hasAddress)
            return Refuse("NoPublicAddress", $"The provider of '{channel}' fetches files from OmniIoT:PublicUrl, which is not set.");
        return files.Select(file => FindHindrance(channel, file)).OfType<Rejection>().FirstOrDefault()
            ?? (
                files.Sum(static file => file.Size) > MaximumBytesInAll
                    ? Refuse("FilesTooLarge", $"'{channel}' carries at most {Words(MaximumBytesInAll)} in one message.")
                    : null
            );
    }

    private Rejection? FindHindrance(string channel, Attachment file)
    {
        if (MaximumBytesOf(file) is not { } most)
            return Refuse("FileNotCarried", $"'{channel}' does not carry '{file.Name}', which is {file.Type}.");
        return file.Size > most ? Refuse("FileTooLarge", $"'{channel}' carries files like '{file.Name}' of at most {Words(most)}.") : null;
    }

    /// <summary>Null: it is not carried at all.</summary>
    private int? MaximumBytesOf(Attachment file)
    {
        foreach ((string kind, int bytes) in MaximumBytes)
        {
            if (file.Type.StartsWith(kind, StringComparison.Ordinal))
                return bytes;
        }
        return OnlyNamed ? null : Attachment.MaximumBytes;
    }

    private static Rejection Refuse(string code, string why) => Rejection.Invalid(code, why, Pointer);

    private static string Words(long bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";
}
