using System.Text;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Routing;

/// <summary>
/// What one principal may reach: everything below its own root, and nothing else. Subscriptions and retained messages of one
/// principal concern no other, so that each scope has its own. In laboratory mode there is one scope for all, without a root.
/// </summary>
internal sealed class PrincipalScope
{
    private readonly byte[] _root;

    public PrincipalScope(EntityId? principal)
    {
        Principal = principal;
        Root = principal is { } id ? RootOf(id) : null;
        _root = Root is null ? [] : Encoding.UTF8.GetBytes(Root);
    }

    /// <summary>Null in laboratory mode.</summary>
    public EntityId? Principal { get; }

    /// <summary>What every topic begins with that the principal may use; null in laboratory mode.</summary>
    public string? Root { get; }

    /// <summary>The same in UTF-8; empty in laboratory mode.</summary>
    public ReadOnlySpan<byte> RootUtf8 => _root;

    public SubscriptionTree Subscriptions { get; } = new();

    public RetainedMessages Retained { get; } = new();

    /// <summary>How fast the principal may publish; null: as fast as it likes.</summary>
    public PublishRate? Rate { get; init; }

    /// <summary>Sessions, connected or kept. Guarded by the registry's lock.</summary>
    public int SessionCount { get; set; }

    public bool IsLaboratory => Principal is null;

    /// <summary>Whether the principal may publish there: strictly below its root.</summary>
    public bool Allows(ReadOnlySpan<byte> topic) => topic.Length > _root.Length && topic.StartsWith(_root);

    /// <summary>Whether a client may publish there, or subscribe to what can match it.</summary>
    /// <param name="topic">A topic, or the part of a filter that topics are matched with: every topic it can match lies below the
    /// root.</param>
    /// <param name="dialect">One that speaks the topic, and the client, too; null none.</param>
    public bool Allows(ReadOnlySpan<byte> topic, IDialect? dialect) => Allows(topic) || (dialect is not null && !IsBelowSomeRoot(topic));

    /// <summary>Whether a message down to the principal can match the filter.</summary>
    public bool CanReceiveDownlinks(TopicFilter filter)
    {
        if (IsLaboratory)
            return false;
        if (!Allows(filter.MatchedUtf8))
            return true; // A dialect's words: whether they carry any is known when there is one to carry.
        ReadOnlySpan<byte> below = filter.MatchedUtf8[_root.Length..];
        int separator = below.IndexOf((byte)'/');
        ReadOnlySpan<byte> level = separator < 0 ? below : below[..separator];
        if (level is [(byte)'#'] or [(byte)'+'])
            return true;
        if (level.SequenceEqual("messages"u8))
            return true;
        return Principal!.Value.Kind == EntityKind.Device
            ? level.SequenceEqual("twin"u8) || level.SequenceEqual("commands"u8)
            : level.SequenceEqual("offers"u8);
    }

    private static bool IsBelowSomeRoot(ReadOnlySpan<byte> topic) => topic.StartsWith("devices/"u8) || topic.StartsWith("customers/"u8);

    private static string RootOf(EntityId id) =>
        PlatformTopics.Root(id.Kind == EntityKind.Customer ? PlatformTopics.CustomerPrefix + id.Key : id.Key);
}
