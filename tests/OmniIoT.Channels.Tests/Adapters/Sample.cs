using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Tests.Adapters;

internal static class Sample
{
    /// <summary>A channel as its document makes it.</summary>
    public static Channel Channel(string type, string settings) =>
        new()
        {
            Id = "help",
            Type = type,
            Name = "Help",
            Settings = (JsonObject)JsonNode.Parse(settings)!,
        };
}
