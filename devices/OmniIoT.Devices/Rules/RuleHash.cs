namespace OmniIoT.Devices.Rules;

/// <summary>FNV-1a of 64 bits: the same in every process, so that snapshots can name rules by it.</summary>
internal static class RuleHash
{
    public static ulong Of(string text)
    {
        ulong hash = 14_695_981_039_346_656_037UL;
        foreach (char c in text)
            hash = (hash ^ c) * 1_099_511_628_211UL;
        return hash;
    }
}
