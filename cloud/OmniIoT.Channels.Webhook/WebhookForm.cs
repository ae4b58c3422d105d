using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Webhook;

/// <summary>The JSON of messages that come and go by call.</summary>
internal static class WebhookForm
{
    public const int MaximumTextLength = 10_000;

    private const int MaximumIdLength = 200;

    /// <summary>Reads what came, <c>{"from":{"type","value","name"},"text","externalId","at"}</c>.</summary>
    public static DocumentReading<InboundMessage> Read(Channel channel, JsonElement document)
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        (Identity from, string? name) = ReadFrom(channel, fields);
        InboundMessage message = new()
        {
            Channel = channel.Id,
            From = from,
            Name = name,
            Text = fields?.RequiredText("text", MaximumTextLength) ?? "",
            ExternalId = fields?.RequiredText("externalId", MaximumIdLength) ?? "",
            At = fields?.Time("at"),
        };
        return mistakes.Count > 0 ? DocumentReading.Refused<InboundMessage>(mistakes) : DocumentReading.Of(message);
    }

    /// <summary>Who is vouched for, <c>{"type","value","name"}</c>.</summary>
    public static (Identity From, string? Name) ReadFrom(Channel channel, JsonFields? fields)
    {
        JsonFields? from = fields?.RequiredObject("from");
        string type = from?.RequiredText("type", MaximumIdLength) ?? "";
        if (type.Length > 0 && !Identifier.IsValid(type))
            from!.RefuseAs("type", MistakeKinds.IdentityType);
        Identity identity = new(type, from?.RequiredText("value", MaximumIdLength) ?? "");
        return (IdentityForm.Of(identity, channel.Region), from?.Text("name", MaximumIdLength));
    }

    /// <summary>Writes what goes out, <c>{"to","text","externalId","at"}</c>, in UTF-8.</summary>
    public static byte[] Write(OutgoingMessage message) =>
        OmniJson.Utf8(
            new JsonObject
            {
                ["to"] = new JsonObject { ["type"] = message.To.Type, ["value"] = message.To.Value },
                ["text"] = message.Text,
                ["externalId"] = message.MessageId,
                ["at"] = message.CreatedAt.ToString(),
            }
        );
}
