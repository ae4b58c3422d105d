using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Outbound;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Push;

/// <summary>
/// Tells all browsers of a person by Web Push (RFC 8030): sent when one of them takes it. A subscription that the service does not know any
/// more is taken away.
/// </summary>
public sealed class PushAdapter(ProviderClient provider, Vapid vapid, IPushSubscriptions subscriptions, ChannelOptions options)
    : IChannelAdapter
{
    private const int MaximumTitleLength = 100;

    // Who opens their browser tomorrow hears it; later it is no news.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public string Type => ChannelKinds.Push;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        byte[] words = OmniJson.Utf8(
            new JsonObject
            {
                // Of what stands in one talk the newest alone is shown.
                ["id"] = message.IsNotice ? message.ConversationId : message.MessageId,
                ["title"] = TextCut.Shortened(channel.Name, MaximumTitleLength),
                ["text"] = message.Text,
                ["isNotice"] = message.IsNotice,
            }
        );
        SendOutcome outcome = new SendOutcome.Refused("bounced");
        foreach (PushSubscription browser in message.Browsers)
            outcome = BetterOf(outcome, await TellAsync(channel, message.CustomerId, browser, words, cancellationToken));
        return outcome;
    }

    /// <summary>
    /// There is nobody to ask before somebody subscribes; the key is there, or it throws. Some services refuse whoever does not say where
    /// they are found (RFC 8292, 2.1).
    /// </summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        await vapid.PublicAsync(cancellationToken);
        return SubjectOf(channel) is null
            ? "Some push services want to know whom they may write to: set subject (mailto: or https:), or an https OmniIoT:PublicUrl."
            : null;
    }

    private string? SubjectOf(Channel channel) => channel.Text("subject") ?? options.Contact;

    private async ValueTask<SendOutcome> TellAsync(
        Channel channel,
        string customerId,
        PushSubscription browser,
        byte[] words,
        CancellationToken cancellationToken
    )
    {
        if (PushServices.Find(channel, browser.Endpoint) is not { } address || PushKeys.Read(browser) is not { } keys)
            return new SendOutcome.Refused("bounced");
        using HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Headers.Authorization = await vapid.ProveAsync(
            address.GetLeftPart(UriPartial.Authority),
            SubjectOf(channel),
            cancellationToken
        );
        request.Headers.Add("TTL", $"{(int)KeptFor.TotalSeconds}");
        request.Content = new ByteArrayContent(PushEncryption.Encrypt(words, keys))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentEncoding = { "aes128gcm" } },
        };
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        if (answer.IsSuccess)
            return new SendOutcome.Sent(null);
        if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
            return answer.Failure;
        await subscriptions.EndAsync(customerId, browser.Endpoint, cancellationToken);
        return new SendOutcome.Refused("bounced");
    }

    /// <summary>Sent is better than not now, and that than never.</summary>
    private static SendOutcome BetterOf(SendOutcome one, SendOutcome other) => RankOf(one) >= RankOf(other) ? one : other;

    private static int RankOf(SendOutcome outcome) =>
        outcome switch
        {
            SendOutcome.Sent => 3,
            SendOutcome.NotNow => 2,
            // Another reason than that it is gone says more.
            SendOutcome.Refused { Why: not "bounced" } => 1,
            _ => 0,
        };
}
