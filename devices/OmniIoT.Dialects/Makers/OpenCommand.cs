using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Makers;

/// <summary>A command that a device was asked for and has not answered.</summary>
public sealed record OpenCommand(string Id, string Name, JsonObject Arguments, Instant ExpiresAt)
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>
    /// 1 to 2^31 − 1, for makers that number their requests: made from the id, so that an answer finds its command after a restart too,
    /// and an old one finds no other.
    /// </summary>
    public int Number
    {
        get
        {
            uint hash = FnvOffset;
            foreach (char c in Id)
                hash = unchecked((hash ^ c) * FnvPrime);
            return Math.Max(1, (int)(hash & int.MaxValue));
        }
    }
}
