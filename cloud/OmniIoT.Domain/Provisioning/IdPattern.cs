using System.Buffers;
using System.IO.Enumeration;

namespace OmniIoT.Domain.Provisioning;

/// <summary>
/// What ids of a fleet look like: <c>*</c> stands for any characters, <c>?</c> for one, everything else for itself. Not a regular
/// expression, so that no pattern is slow.
/// </summary>
public static class IdPattern
{
    public const int MaxLength = 128;
    public const string Allowed = "1 to 128 characters of A-Z a-z 0-9 . _ : - with * for any characters and ? for one";

    private static readonly SearchValues<char> ValidChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-*?"
    );

    public static bool IsValid(string pattern) => pattern.Length is > 0 and <= MaxLength && !pattern.AsSpan().ContainsAnyExcept(ValidChars);

    public static bool Matches(string pattern, string id) => FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false);
}
