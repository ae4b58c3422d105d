namespace OmniIoT.Host;

/// <summary>What browsers tell pages apart by (RFC 6454).</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">As browsers send it: <c>xn--…</c> where a name has other letters than ASCII's.</param>
/// <param name="Port">The scheme's own when none is said.</param>
internal sealed record PageOrigin(string Scheme, string Host, int Port)
{
    /// <summary>Null when it is none, or has a user, a path or a query with it.</summary>
    public static PageOrigin? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? page) || page.Scheme is not ("http" or "https"))
            return null;
        if (text.AsSpan().LastIndexOfAny("/?#@\\") != page.Scheme.Length + "//".Length)
            return null;
        try
        {
            return new PageOrigin(page.Scheme, page.IdnHost, page.Port);
        }
        catch (UriFormatException)
        {
            // Letters that no name has are found where the name is first asked for.
            return null;
        }
    }
}
