using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>Sends by Messenger's Send API.</summary>
public sealed class MessengerAdapter(ProviderClient provider) : MetaAdapter(provider)
{
    public override string Type => ChannelKinds.Messenger;

    private protected override string Account => "pageId";

    public override ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken) =>
        PostAsync(channel, BodyOf(message), cancellationToken);

    private static JsonObject BodyOf(OutgoingMessage message) =>
        new()
        {
            ["recipient"] = new JsonObject { ["id"] = message.To.Value },
            ["messaging_type"] = message.Template is null ? "RESPONSE" : "UTILITY",
            ["message"] = message.Template is { } template
                ? new JsonObject { ["template"] = JsonOf(template) }
                : new JsonObject { ["text"] = message.Text },
        };

    private protected override string? IdIn(JsonElement answer) => answer.TextAt("message_id");
}
