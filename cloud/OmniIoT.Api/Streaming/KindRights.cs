using OmniIoT.Api.Access.Rights;

namespace OmniIoT.Api.Streaming;

/// <summary>Which right shows changes of a kind: that of the call that answers the same.</summary>
internal static class KindRights
{
    /// <summary>What a kind is of, before its first dot. What is not here stands on a customer's timeline.</summary>
    private static readonly Dictionary<string, RightSet> OfTopic = new(StringComparer.Ordinal)
    {
        [StreamFilter.TwinKind] = RightSet.Of("devices:read"),
        ["device"] = RightSet.Of("devices:read"),
        ["alarm"] = RightSet.Of("alarms:read"),
        ["case"] = RightSet.Of("cases:read"),
        ["workorder"] = RightSet.Of("cases:read"),
        ["command"] = RightSet.Of("commands:read", "devices:read"),
        ["conversation"] = RightSet.Of("conversations:read"),
        ["message"] = RightSet.Of("conversations:read"),
        ["offer"] = RightSet.Of("offers:read"),
        ["visit"] = RightSet.Of("places:read"),
    };

    private static readonly RightSet OfTimeline = RightSet.Of("customers:read");

    public static bool MaySee(this RightSet rights, string kind)
    {
        int dot = kind.IndexOf('.', StringComparison.Ordinal);
        return rights.HasAnyOf(OfTopic.GetValueOrDefault(dot < 0 ? kind : kind[..dot], OfTimeline));
    }
}
