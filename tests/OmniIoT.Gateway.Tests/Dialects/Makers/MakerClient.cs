using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

/// <summary>What the tests of makers' words have in common.</summary>
internal static class MakerClient
{
    /// <summary>A command as a grain sends it.</summary>
    public static Downlink Command(string name, string arguments = "{}", string id = "c1", string device = "press-7") =>
        new()
        {
            Id = id,
            Target = EntityId.Device(device),
            Topic = $"devices/{device}/commands/{id}/request",
            Payload = Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","arguments":{{arguments}},"expiresAt":"x"}"""),
            Retain = false,
            Reference = "command:" + id,
            CreatedAt = new Instant(0),
            ExpiresAt = Instant.MaxValue,
        };

    /// <summary>Publishes with QoS 1; the reason of the acknowledgement.</summary>
    public static async Task<ReasonCode> SayAsync(this WireClient client, string topic, string payload)
    {
        await client.PublishAsync(topic, payload, qos: 1, identifier: 9);
        return (await client.ExpectAsync(PacketType.PubAck)).Reason;
    }

    /// <summary>What reached grains, as <c>topic payload</c>.</summary>
    public static string[] Said(this FakeIngress ingress) =>
        [.. ingress.Messages.Select(message => $"{message.Topic} {Encoding.UTF8.GetString(message.Payload)}")];
}
