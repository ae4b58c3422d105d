using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>Sends by Messenger's Send API.</summary>
public sealed class MessengerAdapter(ProviderClient provider, IAttachmentStore attachments) : MetaAdapter(provider)
{
    public override string Type => ChannelKinds.Messenger;

    private protected override string Account => "pageId";

    /// <summary>
    /// A message is words or a file. The file goes first, as what is likelier to be refused; words that are not taken after it are not
    /// tried again, which would show the file once more.
    /// </summary>
    public override async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (await attachments.ReadAllAsync(message.Attachments, cancellationToken) is not [var file])
            return await PostAsync(channel, BodyOf(message), cancellationToken);
        HttpContent form = MessengerFile.FormOf(Addressed(message), file.Attachment, file.Content);
        if (await PostAsync(channel, form, cancellationToken) is var shown and not SendOutcome.Sent)
            return shown;
        return await PostAsync(channel, BodyOf(message), cancellationToken) is var said and SendOutcome.Sent
            ? said
            : new SendOutcome.Refused("onlyFileSent");
    }

    private static JsonObject BodyOf(OutgoingMessage message)
    {
        JsonObject body = Addressed(message);
        body["message"] = message.Template is { } template
            ? new JsonObject { ["template"] = JsonOf(template) }
            : new JsonObject { ["text"] = message.Text };
        return body;
    }

    private static JsonObject Addressed(OutgoingMessage message) =>
        new()
        {
            ["recipient"] = new JsonObject { ["id"] = message.To.Value },
            ["messaging_type"] = message.Template is null ? "RESPONSE" : "UTILITY",
        };

    private protected override string? IdIn(JsonElement answer) => answer.TextAt("message_id");
}
