namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>Kleene's three values, in the order that makes "and" the lesser and "or" the greater of two.</summary>
internal enum Truth : byte
{
    False,
    Unknown,
    True,
}
