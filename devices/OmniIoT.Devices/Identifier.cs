using System.Buffers;

namespace OmniIoT.Devices;

/// <summary>The one form of every id: 1 to 128 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
public static class Identifier
{
    public const int MaxLength = 128;
    public const string Allowed = "1 to 128 characters of A-Z a-z 0-9 . _ : -";

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
    private static readonly SearchValues<char> ValidChars = SearchValues.Create(Characters);
    private static readonly SearchValues<byte> ValidBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"u8
    );

    public static bool IsValid(string? id) => id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(ValidChars);

    public static bool IsValid(ReadOnlySpan<byte> utf8) => utf8.Length is > 0 and <= MaxLength && !utf8.ContainsAnyExcept(ValidBytes);
}
