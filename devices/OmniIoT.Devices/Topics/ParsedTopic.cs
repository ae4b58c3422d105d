namespace OmniIoT.Devices.Topics;

/// <summary>A topic taken apart; the spans point into the topic itself.</summary>
public readonly ref struct ParsedTopic
{
    internal ParsedTopic(TopicKind kind, ReadOnlySpan<byte> id, ReadOnlySpan<byte> commandId)
    {
        Kind = kind;
        Id = id;
        CommandId = commandId;
    }

    public TopicKind Kind { get; }

    /// <summary>The device's or customer's id, a valid identifier; empty when the kind is unknown.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>A valid identifier for command requests and responses, otherwise empty.</summary>
    public ReadOnlySpan<byte> CommandId { get; }
}
