using System.Text;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>What a device's secret can mean as the <c>SharedAccessKey</c> of a connection string.</summary>
public static class SharedAccessKey
{
    /// <summary>
    /// The keys that devices sign with: the bytes that the secret encodes (in base64url as it is told, or in plain base64, which are
    /// the same bytes), and the bytes of its text, for who encoded it once more.
    /// </summary>
    public static IEnumerable<byte[]> Candidates(string secret)
    {
        if (Decode(secret) is { } bytes)
            yield return bytes;
        yield return Encoding.UTF8.GetBytes(secret);
    }

    private static byte[]? Decode(string secret)
    {
        string text = secret.Replace('-', '+').Replace('_', '/');
        text = text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '=');
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
