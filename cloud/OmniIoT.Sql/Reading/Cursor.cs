using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OmniIoT.Sql.Reading;

/// <summary>Where a list goes on: after the row with these keys. Opaque to others.</summary>
internal readonly record struct Cursor(long Number, string Text)
{
    /// <exception cref="FormatException">The text is no cursor of ours.</exception>
    public static Cursor Parse(string opaque)
    {
        try
        {
            string plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(opaque));
            int separator = plain.IndexOf(' ', StringComparison.Ordinal);
            return new Cursor(long.Parse(plain.AsSpan(0, separator), CultureInfo.InvariantCulture), plain[(separator + 1)..]);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException("The cursor is not one that this list gave.", error);
        }
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Number} {Text}")));
}
