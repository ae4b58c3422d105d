using MimeKit;

namespace OmniIoT.Channels.Email.Reading;

/// <summary>
/// Reads a mail through without keeping any of it, and stops at what would be too much to keep: parts and headers of a few bytes each
/// take a hundred times their length.
/// </summary>
internal sealed class MailBounds : MimeReader
{
    // A person nests a reply in a forwarded mail; who nests deeper wants to break a reader.
    private static readonly ParserOptions Nesting = new() { MaxMimeDepth = 32 };

    private const int MostParts = 200;
    private const int MostHeaders = 5000;

    private int _parts;
    private int _headers;

    private MailBounds(Stream mail)
        : base(Nesting, mail) { }

    /// <summary>Loads a mail that keeps within the bounds.</summary>
    /// <param name="mail">Stands at its beginning, and can go back there.</param>
    /// <exception cref="FormatException">It is no mail, or has too much of something.</exception>
    public static MimeMessage Load(Stream mail)
    {
        new MailBounds(mail).ReadMessage();
        mail.Position = 0;
        return MimeMessage.Load(Nesting, mail);
    }

    protected override void OnMimePartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => CountPart();

    protected override void OnMultipartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => CountPart();

    protected override void OnMessagePartBegin(
        ContentType contentType,
        long beginOffset,
        int beginLineNumber,
        CancellationToken cancellationToken
    ) => CountPart();

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        if (++_headers > MostHeaders)
            throw new FormatException($"It has more than {MostHeaders} headers.");
    }

    private void CountPart()
    {
        if (++_parts > MostParts)
            throw new FormatException($"It has more than {MostParts} parts.");
    }
}
