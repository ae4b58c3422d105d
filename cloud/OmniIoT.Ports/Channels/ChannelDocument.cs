using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>A channel as it is stored.</summary>
public static class ChannelDocument
{
    public static Channel Read(JsonObject document) => document.Deserialize<Channel>(OmniJson.Options)!;

    public static Channel Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<Channel>(utf8, OmniJson.Options)!;
}
