using System.Buffers;
using System.Globalization;
using System.Text;

namespace OmniIoT.Telemetry.Influx.Points;

/// <summary>
/// Names as values of tags. Line protocol has no way to write a backslash before the end of one, nor a control character, nor nothing:
/// those
/// are written as <c>%5C</c> and the like, and the percent sign as <c>%25</c>. All else stays as it is, for people who look into the
/// bucket.
/// </summary>
internal static class TagValue
{
    /// <summary>Stands for the empty name; no other name is written so.</summary>
    private const string Empty = "%";

    private static readonly SearchValues<char> Unsafe = SearchValues.Create([
        '%',
        '\\',
        '\u007f',
        .. Enumerable.Range(0, ' ').Select(control => (char)control),
    ]);

    public static string Encode(string name)
    {
        if (name.Length == 0)
            return Empty;
        if (!name.AsSpan().ContainsAny(Unsafe))
            return name;
        StringBuilder encoded = new(name.Length + 8);
        foreach (char character in name)
        {
            if (Unsafe.Contains(character))
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            else
                encoded.Append(character);
        }
        return encoded.ToString();
    }

    public static string Decode(string value) => value == Empty ? "" : Uri.UnescapeDataString(value);
}
