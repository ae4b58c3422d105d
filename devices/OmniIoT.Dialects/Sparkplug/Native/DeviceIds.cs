using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices;

namespace OmniIoT.Dialects.Sparkplug.Native;

/// <summary>The ids that devices behind a node may have here.</summary>
public static class DeviceIds
{
    private const int DigestCharacters = 8;

    /// <summary>
    /// <c>{node's id}:{device}</c>, with <c>-</c> for what no id may hold. Behind it, for a device whose plain id another one has or
    /// that is too long, the same with a digest of the name.
    /// </summary>
    public static IEnumerable<string> Below(string nodeId, string device)
    {
        string plain = $"{nodeId}:{Clean(device)}";
        if (plain.Length <= Identifier.MaxLength)
            yield return plain;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{nodeId}:{device}")))[..DigestCharacters];
        yield return plain[..Math.Min(plain.Length, Identifier.MaxLength - DigestCharacters - 1)] + "-" + digest;
    }

    private static string Clean(string name)
    {
        StringBuilder clean = new(name.Length);
        foreach (char c in name)
            clean.Append(Identifier.IsValid(c.ToString()) ? c : '-');
        return clean.ToString();
    }
}
