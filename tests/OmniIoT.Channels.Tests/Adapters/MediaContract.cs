using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>What every channel must do whose provider keeps the files that people send.</summary>
public abstract class MediaContract : HttpSendingContract
{
    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 1, 2, 3];

    private protected abstract IMediaSource Media { get; }

    /// <summary>A message whose picture lies with the provider.</summary>
    private protected abstract string MessageWithPicture();

    /// <summary>Has the provider keep the picture that such a message tells of.</summary>
    private protected abstract void Keep(byte[] picture);

    /// <summary>The message with another address or name of its picture; null where the provider's calls hold no address.</summary>
    private protected abstract string? MessageWithAddress(string address);

    [Fact]
    public async Task A_picture_is_with_its_message()
    {
        Keep(Picture);

        (InboundMessage message, KeptFiles files) = await TakeAsync(MessageWithPicture());

        Attachment attachment = Assert.Single(message.Attachments);
        Assert.Equal("image/jpeg", attachment.Type);
        Assert.EndsWith(".jpg", attachment.Name, StringComparison.Ordinal);
        Assert.Equal(Picture, (await files.ReadAsync(attachment.Id, TestContext.Current.CancellationToken))!.Value.Content.ToArray());
    }

    [Fact]
    public async Task A_message_that_is_told_again_has_its_picture_fetched_and_kept_once()
    {
        Keep(Picture);

        (_, KeptFiles files) = await TakeAsync(MessageWithPicture(), times: 2);

        Assert.Equal(1, files.Count);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_said_in_its_message()
    {
        Keep(new byte[Attachment.MaximumBytes + 1]);

        (InboundMessage message, _) = await TakeAsync(MessageWithPicture());

        Assert.Empty(message.Attachments);
        Assert.Contains("larger than 20 MiB", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_not_to_be_had_is_said_in_its_message()
    {
        Server.FailNext(System.Net.HttpStatusCode.NotFound);

        (InboundMessage message, _) = await TakeAsync(MessageWithPicture());

        Assert.Empty(message.Attachments);
        Assert.Contains("404", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://example.com/twiliocdn.com/x")]
    [InlineData("https://eviltwiliocdn.com/x")]
    [InlineData("https://fbcdn.net@example.com/x")]
    [InlineData("https://scontent.fbcdn.net:8443/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("no address")]
    public async Task Nobody_but_the_provider_is_asked(string address)
    {
        if (MessageWithAddress(address) is not { } told)
            return;

        (InboundMessage message, _) = await TakeAsync(told);

        Assert.Empty(message.Attachments);
        Assert.Contains("none of the provider's", message.Text, StringComparison.Ordinal);
    }

    private protected async Task<(InboundMessage Message, KeptFiles Files)> TakeAsync(string body, int times = 1)
    {
        KeptFiles files = new();
        RecordingInbox inbox = new();
        using MediaFetcher fetcher = new([Media], TimeProvider.System);
        InboundTaker taker = new(inbox, new NoCalls(), new NoPurchases(), files, fetcher, TimeProvider.System);
        WebhookReading.Taken taken = Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, Proven(body, Secret)));

        for (int time = 0; time < times; time++)
            await taker.TakeAsync(Channel, taken, TestContext.Current.CancellationToken);
        return (Assert.Single(inbox.Received), files);
    }
}
