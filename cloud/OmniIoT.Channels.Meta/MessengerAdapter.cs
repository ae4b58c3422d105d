using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>Sends by Messenger's Send API.</summary>
public sealed class MessengerAdapter(ProviderClient provider, IAttachmentStore attachments, TimeProvider time) : MetaAdapter(provider)
{
    // Whoever waits for the channel's other messages waits for these tries too.
    private const int TriesAgain = 2;
    private static readonly TimeSpan PauseBetween = TimeSpan.FromSeconds(2);

    public override string Type => ChannelKinds.Messenger;

    private protected override string Account => "pageId";

    /// <summary>
    /// A message is words or a file. The file goes first, as what is likelier to be refused; words that are not taken after it are tried
    /// again at once or never: a later try of the message would show the file once more.
    /// </summary>
    public override async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (await attachments.ReadAllAsync(message.Attachments, cancellationToken) is not [var file])
            return await PostAsync(channel, BodyOf(message), cancellationToken);
        HttpContent form = MessengerFile.FormOf(Addressed(message), file.Attachment, file.Content);
        if (await PostAsync(channel, form, cancellationToken) is var shown and not SendOutcome.Sent)
            return shown;
        return await SayAsync(channel, message, cancellationToken) switch
        {
            SendOutcome.Refused refused => OnlyFileSent(refused.Why),
            SendOutcome.NotNow notNow => OnlyFileSent(notNow.Why),
            SendOutcome said => said,
        };
    }

    /// <summary>Hands over the words, a few times while it is only that they cannot go now.</summary>
    private async ValueTask<SendOutcome> SayAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        SendOutcome said = await PostAsync(channel, BodyOf(message), cancellationToken);
        for (int again = 0; again < TriesAgain && said is SendOutcome.NotNow; again++)
        {
            await Task.Delay(PauseBetween, time, cancellationToken);
            said = await PostAsync(channel, BodyOf(message), cancellationToken);
        }
        return said;
    }

    private static SendOutcome.Refused OnlyFileSent(string why) => new($"onlyFileSent: {why}");

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
